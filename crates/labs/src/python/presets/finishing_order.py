# Five threads begin in order and sleep for the same time. Who finishes first?
import threading
import time


def deliver(parcel):
    print(f"Parcel {parcel} is on its way.")
    time.sleep(1)
    print(f"Parcel {parcel} has arrived.")


if __name__ == "__main__":
    couriers = []
    for parcel in range(5):
        courier = threading.Thread(target=deliver, args=(parcel,))
        courier.start()
        couriers.append(courier)

    for courier in couriers:
        courier.join()

    print("All parcels have arrived.")
