try:
    try:
        raise KeyboardInterrupt("by hand")
    except Exception:
        print("never")
except BaseException as error:
    print(type(error).__name__, error)
raise SystemExit(9)
