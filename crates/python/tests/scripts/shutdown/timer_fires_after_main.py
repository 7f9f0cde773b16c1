import threading

threading.Timer(0.15, print, ("second timer",)).start()
threading.Timer(0.08, print, ("first timer",)).start()
ignored = threading.Timer(5, print, ("never",))
ignored.daemon = True
ignored.start()
print("main ends")
