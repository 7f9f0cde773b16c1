class Account:
    """A bank account."""
    bank = "First"
    opened = 0

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        Account.opened += 1

    def deposit(self, amount):
        self.balance += amount
        return self

    @classmethod
    def of_pair(cls, pair):
        return cls(*pair)

    @staticmethod
    def valid(amount):
        return amount > 0


ada, alan = Account("Ada"), Account.of_pair(("Alan", 50))
ada.deposit(10).deposit(5)
ada.bank = "Second"
print(ada.balance, alan.balance, ada.bank, alan.bank, Account.opened, Account.valid(1), ada.valid(-1))
print(ada.__dict__, Account.__name__, Account.__doc__, type(ada) is Account, type(ada).__name__, isinstance(ada, Account))
deposit = ada.deposit
deposit(100)
Account.deposit(ada, 1000)
print(ada.balance, hasattr(ada, "owner"), hasattr(ada, "x"), getattr(ada, "x", "none"), getattr(ada, "owner"), callable(deposit))
setattr(ada, "color", "red")
del ada.owner
print(ada.color, vars(ada), "balance" in dir(ada))
for wrong in (lambda: ada.owner, lambda: Account(), lambda: Account.missing, lambda: ada.deposit(), lambda: None.x, lambda: (5).x, lambda: ada()):
    try:
        wrong()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
