import threading
import time

thread = threading.Thread(target=time.sleep, args=(0.1,), name="sleeper")
print(thread.is_alive(), thread.ident, thread.daemon)
thread.start()
print(thread.is_alive(), isinstance(thread.ident, int), thread.ident != threading.get_ident())
thread.join()
print(thread.is_alive(), isinstance(thread.ident, int))
print(threading.get_ident() == threading.main_thread().ident == threading.current_thread().ident)
seen = []
inner = threading.Thread(target=lambda: seen.append(threading.get_ident()))
inner.start()
inner.join()
print(seen == [inner.ident])
