class ConfigError(Exception):
    pass


def load():
    try:
        return {}["port"]
    except KeyError as error:
        raise ConfigError("no port") from error


def main():
    try:
        load()
    except ConfigError:
        raise RuntimeError("cannot start")


if __name__ == "__main__":
    print("loading")
    main()
