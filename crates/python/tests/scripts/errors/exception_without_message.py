class Silent(Exception):
    pass


print("raising")
raise Silent
