"""Checks certificates of optimal values: check_certificate.py MODEL CERTIFICATE...

MODEL is a rift-model-1 file, a CERTIFICATE a rift-certificate-1 file, all numbers in them the binary fractions that doubles are.
Exit code 0: all accepted, 1: one rejected, 2: a file cannot be used.

WHAT IS CHECKED. Let g = discount, a = temperature, (E V)(s,u) = sum_s' p(s'|s,u) V(s'), sums over the actions u available in s with l(s,u) finite, and
    (T V)(s) = a log sum_u exp((r + g E V)(s,u)/a + l(s,u)),     at a = 0:  (T V)(s) = max_u (r + g E V)(s,u).
Probabilities are not negative, so V <= W implies T V <= T W; and |T V - T W| <= k |V - W| in the sup norm, where k is the largest g * (row sum).
(1) k < 1. Then T has exactly one fixed point V*, and T^n V -> V* from every V.
(2) T U <= U, that is sum_u exp((r + g E U - U(s))/a + l) <= 1 in every s (a = 0: r + g E U <= U(s) for every u).
    Then U >= T U >= T^2 U >= ... -> V*, hence V* <= U.
(3) L <= T L, that is the same sum with L is >= 1 (a = 0: r + g E L >= L(s) for some u). Then L <= T L <= ... -> V*, hence L <= V*.
(3') If the file has a policy q = exp(m) / Z, Z(s) = sum_u exp(m(s,u)), then instead of (3), in every s, over the u with m finite,
         sum_u exp(m) (r + g E L - L(s) + a (l - m + 1)) >= a.
     The backup of the policy is (T_q V)(s) = sum_u q (r + g E V + a (l - log q)), again monotone and a contraction; log q = m - log Z, so
     Z (T_q L - L)(s) = sum_u exp(m) (r + g E L - L(s) + a (l - m)) + a Z log Z, and Z log Z >= Z - 1. So L <= T_q L, hence L <= V^q <= V*:
     the policy is worth at least L from everywhere, and no policy more than U.
HOW. In exact fractions, except that exponentials and their arguments are enclosed by multiples of 2^-200. The proof for the exponential is with it."""
import json, sys
from fractions import Fraction
from math import ceil, floor, inf, isfinite
from pathlib import Path

BITS, HALVINGS, TERMS, ONE = 200, 16, 20, 1 << 200


def exponential(x):
    """Integers (low, high) with low <= 2^BITS e^(x / 2^BITS) <= high; where the exponential exceeds 4, low is 4 and high is infinite.
    y = x / 2^HALVINGS, rounded down, is off by less than a unit (of 2^-BITS) and lies in [-0.0031, 0.0001]. Each of the TERMS terms y^k/k! is rounded down
    twice, and errs by less than 3 units; the remainder of the series is below 0.0031^20/20! < 2^-225. So 99 units cover the sum; then it is squared HALVINGS times."""
    if not -BITS * ONE <= x <= 2 * ONE:
        return (0, 1) if x < 0 else (4 * ONE, inf)
    y, term, total = x >> HALVINGS, ONE, ONE
    for k in range(1, TERMS):
        term = (term * y >> BITS) // k
        total += term
    low, high = total - 99, total + 99
    for _ in range(HALVINGS):
        low, high = low * low >> BITS, -(-high * high >> BITS)
    return low, high


def require(condition, expected):
    if not condition:
        raise ValueError(f"expected {expected}")


def number(x):
    require(type(x) in (int, float) and isfinite(float(x)), f"a finite number, found {x!r}")
    return Fraction(float(x))


def read(path, form):
    content = json.loads(Path(path).read_text("utf-8"))
    require(content["format"] == form, f"a {form} file")
    return content


def read_model(path):
    """A list over the states of {action: (reward, {successor: probability})}, and the number of actions. A state without pairs stays, with reward 0."""
    model = read(path, "rift-model-1")
    states = [{} for _ in range(model["states"])]
    for pair in model["pairs"]:
        s, u, row = pair["s"], pair["a"], {}
        require(s >= 0 and 0 <= u < model["actions"] and u not in states[s], "each pair once")
        for t, p in pair["next"]:
            require(0 <= t < len(states) and number(p) >= 0, f"successors and probabilities in state {s}")
            row[t] = row.get(t, 0.0) + float(p)  # the stored model has the sum, rounded
        states[s][u] = number(pair["r"]), {t: number(p) for t, p in row.items()}
    return [pairs or {0: (Fraction(0), {s: Fraction(1)})} for s, pairs in enumerate(states)], model["actions"]


def complaint(states, actions, claim):
    """None where the claim is proved, otherwise where it is not."""
    a, g = number(claim["temperature"]), number(claim["discount"])
    lower, upper = [number(x) for x in claim["lower"]], [number(x) for x in claim["upper"]]
    require(a >= 0 and 0 <= g < 1 and len(lower) == len(upper) == len(states), "a temperature, a discount, and a number for each state")
    tables = {name: [[x if x is None else number(x) for x in row] for row in claim[name]] for name in ("logBase", "logPolicy") if name in claim}
    require(all(len(rows) == len(states) and all(len(row) == actions for row in rows) for rows in tables.values()), "tables, states x actions")
    for s, pairs in enumerate(states):
        base = tables.get("logBase", {s: [Fraction(0)] * actions})[s]
        usable = [u for u in pairs if base[u] is not None]
        if not usable or any(g * sum(pairs[u][1].values()) >= 1 for u in usable):
            return f"state {s}: no action, or discount times row sum is not below 1"
        gain = lambda u, V: pairs[u][0] + g * sum(p * V[t] for t, p in pairs[u][1].items()) - V[s]  # r + g E V - V(s)
        if a == 0:
            above, below = max(gain(u, upper) for u in usable) <= 0, max(gain(u, lower) for u in usable) >= 0
        else:
            above = sum(exponential(ceil((gain(u, upper) / a + base[u]) * ONE))[1] for u in usable) <= ONE
            below = sum(exponential(floor((gain(u, lower) / a + base[u]) * ONE))[0] for u in usable) >= ONE
        if "logPolicy" in tables:
            worth, taken = -a * ONE, [(u, m) for u, m in enumerate(tables["logPolicy"][s]) if m is not None]
            if not taken or any(u not in usable or m > 1 for u, m in taken):
                return f"state {s}: no policy that takes available actions"
            for u, m in taken:
                x = gain(u, lower) + a * (base[u] - m + 1)
                worth += x * (exponential(floor(m * ONE))[0] if x >= 0 else exponential(ceil(m * ONE))[1])
            below = worth >= 0
        if not (above and below):
            return f"state {s}: the {'lower' if above else 'upper'} bound is not proved"


def main(model, *certificates):
    code, states = 0, None
    for path in certificates:
        try:
            states = states or read_model(model)
            problem = complaint(*states, claim := read(path, "rift-certificate-1"))
        except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
            print(f"{path}: error: {type(error).__name__}: {error}")
            return 2
        width = max(u - l for l, u in zip(claim["lower"], claim["upper"]))
        print(f"{path}: rejected: {problem}" if problem else f"{path}: accepted, upper - lower is at most {width:.3g}")
        code = max(code, int(problem is not None))
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 2 else print(__doc__) or 2)
