whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(part.capitalize() for part in s.split(sep))


class Template:
    def __init__(self, template):
        self.template = template

    def _fill(self, values, safe):
        text, result, at = self.template, [], 0
        while at < len(text):
            if text[at] != "$":
                result.append(text[at])
                at += 1
                continue
            if text[at + 1:at + 2] == "$":
                result.append("$")
                at += 2
                continue
            braced = text[at + 1:at + 2] == "{"
            start = end = at + (2 if braced else 1)
            while end < len(text) and (text[end].isalnum() or text[end] == "_"):
                end += 1
            name = text[start:end]
            if braced:
                end += 1
            if not name:
                if not safe:
                    raise ValueError(f"Invalid placeholder in string: line 1, col {at + 1}")
                result.append("$")
                at += 1
                continue
            if name in values:
                result.append(str(values[name]))
            elif safe:
                result.append(text[at:end])
            else:
                raise KeyError(name)
            at = end
        return "".join(result)

    def substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws}, False)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws}, True)
