# A class of our own for threads: run() is what the thread does.
import threading
import time


class Download(threading.Thread):
    def __init__(self, page, seconds):
        super().__init__(name=f"download {page}")
        self.page = page
        self.seconds = seconds
        self.content = None

    def run(self):
        time.sleep(self.seconds)
        self.content = f"<h1>{self.page}</h1>"
        print(f"{self.name} is done.")


downloads = [Download("news", 0.2), Download("weather", 0.1)]
for download in downloads:
    download.start()
for download in downloads:
    download.join()
    print(download.page, download.content)
