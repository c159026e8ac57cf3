#!/usr/bin/env python3
"""Checks certificates of optimal values: check_certificate.py MODEL CERTIFICATE...

MODEL is a rift-model-1 file, a CERTIFICATE a rift-certificate-1 file; each double in them is taken as the binary fraction that it is.
Exit code 0: all accepted, 1: one rejected, 2: a file cannot be used. Nothing is imported from the program that wrote the files.

WHAT IS CHECKED. Let g = discount, a = temperature, (E V)(s,u) = sum_s' p(s'|s,u) V(s'), sums over the actions u available in s with l(s,u) finite, and
    (T V)(s) = a log sum_u exp((r + g E V)(s,u)/a + l(s,u)),     at a = 0:  (T V)(s) = max_u (r + g E V)(s,u).
Probabilities are not negative, so V <= W implies T V <= T W; and |T V - T W| <= k |V - W| in the sup norm, where k is the largest g * (row sum).
(1) k < 1. Then T has exactly one fixed point V*, and T^n V -> V* for every V.
(2) T U <= U, that is sum_u exp((r + g E U - U(s))/a + l) <= 1 in every s (a = 0: r + g E U <= U(s) for every u).
    Then U >= T U >= T^2 U >= ... -> V*, hence V* <= U.
(3) L <= T L, that is the same sum with L is >= 1 (a = 0: r + g E L >= L(s) for some u). Then L <= T L <= ... -> V*, hence L <= V*.
(3') If the file has a policy q = exp(m) / Z, Z(s) = sum_u exp(m(s,u)), then instead of (3), in every s, over the u with m finite,
         sum_u exp(m) (r + g E L - L(s) + a (l - m + 1)) >= a.
     The backup of the policy is (T_q V)(s) = sum_u q (r + g E V + a (l - log q)), again monotone and a contraction; log q = m - log Z, so
     Z (T_q L - L)(s) = sum_u exp(m) (r + g E L - L(s) + a (l - m)) + a Z log Z, and Z log Z >= Z - 1. So L <= T_q L, hence L <= V^q <= V*:
     the policy is worth at least L from everywhere, and no policy more than U.

HOW. A real number x is enclosed by integers: down(x) <= 2^200 x <= up(x). Differences such as r + g E U - U(s) are exact fractions; only their quotient by a,
and the exponential, are rounded, outward. For the exponential see below.
"""
import json
import sys
from fractions import Fraction
from math import ceil, floor, isfinite

BITS, HALVINGS, TERMS = 200, 16, 20
ONE = 1 << BITS


def exponential(x):
    """Integers (low, high) with low <= 2^BITS e^(x / 2^BITS) <= high; where e^.. > 4, low is 4 and high is None.

    y = x / 2^HALVINGS, rounded down, is off by less than a unit (of 2^-BITS) and lies in [-0.0031, 0.0001]. Each of the TERMS terms y^k/k! is rounded down
    twice, and errs by less than 3 units; the remainder of the series is below 0.0031^20/20! < 2^-225. So 99 units cover the sum; then it is squared HALVINGS times."""
    if x > 2 * ONE:
        return 4 * ONE, None
    if x < -BITS * ONE:
        return 0, 1
    y, term, total = x >> HALVINGS, ONE, ONE
    for k in range(1, TERMS):
        term = (term * y >> BITS) // k
        total += term
    low, high = total - 99, total + 99
    for _ in range(HALVINGS):
        low, high = low * low >> BITS, -(-high * high >> BITS)
    return low, high


def number(x):
    if isinstance(x, bool) or not isinstance(x, (int, float)) or not isfinite(float(x)):
        raise ValueError(f"found {x!r}, expected a finite number")
    return Fraction(float(x))


def read_model(path):
    """A list over the states of {action: (reward, {successor: probability})}; a state without pairs stays where it is, with reward 0."""
    with open(path, encoding="utf-8") as file:
        model = json.load(file)
    assert model["format"] == "rift-model-1", "expected a rift-model-1 file"
    states = [{} for _ in range(model["states"])]
    for pair in model["pairs"]:
        row = {}
        for successor, p in pair["next"]:
            assert 0 <= successor < len(states) and number(p) >= 0, f"state {pair['s']}: expected successors and probabilities"
            row[successor] = row.get(successor, 0.0) + float(p)  # the stored model has the sum, rounded
        assert pair["s"] >= 0 and 0 <= pair["a"] < model["actions"] and pair["a"] not in states[pair["s"]], "expected each pair once"
        states[pair["s"]][pair["a"]] = number(pair["r"]), {s: number(p) for s, p in row.items()}
    return [pairs or {0: (Fraction(0), {s: Fraction(1)})} for s, pairs in enumerate(states)], model["actions"]


def complaint(states, actions, claim):
    """None where the claim is proved, otherwise where it is not."""
    assert claim["format"] == "rift-certificate-1", "expected a rift-certificate-1 file"
    table = lambda name: [[None if x is None else number(x) for x in row] for row in claim[name]] if name in claim else None
    a, g, log_base, log_policy = number(claim["temperature"]), number(claim["discount"]), table("logBase"), table("logPolicy")
    lower, upper = [number(x) for x in claim["lower"]], [number(x) for x in claim["upper"]]
    assert a >= 0 and 0 <= g < 1 and len(lower) == len(upper) == len(states), "expected a temperature, a discount and a number for each state"
    for rows in (log_base, log_policy):
        assert rows is None or (len(rows) == len(states) and all(len(row) == actions for row in rows)), "expected tables of logarithms, states x actions"
    for s, pairs in enumerate(states):
        base = {u: Fraction(0) if log_base is None else log_base[s][u] for u in pairs}
        usable = [u for u in pairs if base[u] is not None]
        if not usable or any(g * sum(pairs[u][1].values()) >= 1 for u in usable):
            return f"state {s}: expected an action, and discount times row sum below 1"
        gain = lambda u, V: pairs[u][0] + g * sum(p * V[t] for t, p in pairs[u][1].items()) - V[s]  # r + g E V - V(s)
        if a == 0:
            above, below = max(gain(u, upper) for u in usable) <= 0, max(gain(u, lower) for u in usable) >= 0
        else:
            high = [exponential(ceil((gain(u, upper) / a + base[u]) * ONE))[1] for u in usable]
            above = None not in high and sum(high) <= ONE
            below = sum(exponential(floor((gain(u, lower) / a + base[u]) * ONE))[0] for u in usable) >= ONE
        if log_policy is not None:
            taken = [u for u in range(actions) if log_policy[s][u] is not None]
            if not taken or any(u not in usable or log_policy[s][u] > 1 for u in taken):
                return f"state {s}: expected a policy that takes available actions"
            worth = 0
            for u in taken:
                m = log_policy[s][u]
                value = gain(u, lower) + a * (base[u] - m + 1)
                worth += exponential((floor if value >= 0 else ceil)(m * ONE))[0 if value >= 0 else 1] * value
            below = worth >= a * ONE
        if not (above and below):
            return f"state {s}: the {'lower' if above else 'upper'} bound is not proved"
    return None


def main(model, *certificates):
    code = 0
    for path in certificates:
        try:
            states, actions = read_model(model)
            with open(path, encoding="utf-8") as file:
                claim = json.load(file)
            problem = complaint(states, actions, claim)
        except (AssertionError, ArithmeticError, AttributeError, KeyError, IndexError, OSError, TypeError, ValueError) as error:
            print(f"{path}: error: {type(error).__name__}: {error}")
            return 2
        width = max(u - l for l, u in zip(claim["lower"], claim["upper"]))
        print(f"{path}: rejected: {problem}" if problem else f"{path}: accepted, upper - lower is at most {width:.3g}")
        code = max(code, int(problem is not None))
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 2 else __doc__.splitlines()[0] and (print(__doc__.splitlines()[0]) or 2))
