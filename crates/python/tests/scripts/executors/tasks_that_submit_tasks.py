import time
from concurrent.futures import ThreadPoolExecutor

executor = ThreadPoolExecutor(2)


def fetch(page):
    time.sleep(0.05)
    return f"content of {page}"


def crawl(page):
    parts = [executor.submit(fetch, f"{page}/{part}") for part in range(2)]
    return [part.result() for part in parts]


print(executor.submit(crawl, "home").result())
executor.shutdown()


def word_count(text):
    return len(text.split())


with ThreadPoolExecutor() as pool:
    texts = ["one two", "three", "four five six", ""]
    print(dict(zip(texts, pool.map(word_count, texts))), sum(pool.map(word_count, texts)))
