import math

print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.sqrt(2), math.isqrt(10 ** 20 + 1), math.hypot(3, 4), math.pow(2, 0.5))
print(math.gcd(12, 18), math.gcd(0, 5), math.gcd(12, 18, 8), math.lcm(4, 6), math.factorial(20), math.comb(10, 3), math.perm(5, 2))
print(math.floor(2.7), math.ceil(2.1), math.trunc(-2.7), math.fabs(-3), math.fmod(-7, 3), math.copysign(1, -0.0))
print(math.log(math.e), math.log(8, 2), math.log2(1024), math.log10(1000), math.log1p(0), math.exp(0), math.expm1(0))
print(round(math.sin(1), 12), round(math.cos(1), 12), round(math.tan(1), 12), round(math.atan2(1, 2), 12), math.degrees(math.pi))
print(math.isclose(0.1 + 0.2, 0.3), math.isfinite(1), math.isinf(math.inf), math.isnan(math.nan), math.prod([1, 2, 3, 4]))
print(math.fsum([0.1] * 10), sum([0.1] * 10), math.frexp(8), math.ldexp(0.5, 4), math.modf(2.5), math.dist((0, 0), (3, 4)))
for wrong in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.factorial(-1), lambda: math.exp(1000)):
    try:
        wrong()
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)
