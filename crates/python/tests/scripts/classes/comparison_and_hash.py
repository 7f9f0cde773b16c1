class Card:
    def __init__(self, rank, suit):
        self.rank, self.suit = rank, suit

    def __eq__(self, other):
        return isinstance(other, Card) and (self.rank, self.suit) == (other.rank, other.suit)

    def __lt__(self, other):
        return self.rank < other.rank

    def __le__(self, other):
        return self.rank <= other.rank

    def __hash__(self):
        return hash((self.rank, self.suit))

    def __repr__(self):
        return f"{self.rank}{self.suit}"


deck = [Card(9, "S"), Card(2, "H"), Card(9, "S")]
print(deck[0] == deck[2], deck[0] != deck[1], deck[0] is deck[2], len(set(deck)), sorted(deck), deck[0] > deck[1], deck[1] >= deck[0], max(deck))
print({deck[0]: "nine"}[Card(9, "S")], Card(9, "S") in deck, deck.index(Card(2, "H")), deck.count(Card(9, "S")), Card(1, "X") == "1X")


class OnlyEqual:
    def __eq__(self, other):
        return True


print(OnlyEqual() == 5, 5 == OnlyEqual(), OnlyEqual() != 5, [OnlyEqual()] == [3])
plain = object()
print(plain == plain, plain == object(), isinstance(hash(plain), int))
for wrong in (lambda: hash(OnlyEqual()), lambda: object() < object(), lambda: Card(1, "S") < 5):
    try:
        wrong()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
