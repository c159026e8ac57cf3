#!/usr/bin/env python3
"""The polynomials of src/Rift.Mdp/Kernels/LaneMath.cs, by Remez exchange with 60 digits (python3-mpmath).

exp(f) = 1 + f + f^2 R(f) for |f| <= 0.34658 (half of ln 2, and the rounding of the reduction), relative error minimised;
log(1 + f) = 2 s + s L(s^2) with s = f / (2 + f), |s| <= 0.17158, absolute error of L relative to 2 minimised.
Prints the coefficients rounded to doubles, lowest first, and the largest error of the rounded polynomial.
"""
from mpmath import mp, mpf, exp, log, matrix, lu_solve

mp.dps = 60


def remez(basis, target, weight, low, high, terms):
    points = [low + (high - low) * (1 - mp.cos(mp.pi * i / terms)) / 2 for i in range(terms + 1)]
    for _ in range(30):
        rows = matrix(terms + 1, terms + 1)
        right = matrix(terms + 1, 1)
        for i, x in enumerate(points):
            for j in range(terms):
                rows[i, j] = basis(x, j) * weight(x)
            rows[i, terms] = (-1) ** i
            right[i] = target(x) * weight(x)
        solution = lu_solve(rows, right)
        coefficients = [solution[j] for j in range(terms)]
        grid = [low + (high - low) * mpf(i) / 2000 for i in range(2001)]
        error = [sum(c * basis(x, j) for j, c in enumerate(coefficients)) * weight(x) - target(x) * weight(x) for x in grid]
        extremes, start = [], 0
        for i in range(1, len(grid) + 1):
            if i == len(grid) or error[i] * error[start] < 0:
                extremes.append(max(range(start, i), key=lambda k: abs(error[k])))
                start = i
        if len(extremes) != terms + 1:
            break
        points = [grid[k] for k in extremes]
    return coefficients


def report(name, coefficients, basis, target, weight, low, high):
    rounded = [mpf(float(c)) for c in coefficients]
    worst = max(abs(sum(c * basis(x, j) for j, c in enumerate(rounded)) - target(x)) * weight(x) for x in [low + (high - low) * mpf(i) / 5000 for i in range(5001)])
    print(name, "largest error 2^%.2f" % float(log(worst, 2)))
    for c in coefficients:
        print("   ", repr(float(c)))


half = mpf("0.34658")
series = [1 / mp.factorial(k + 2) for k in range(40)]
args = (lambda x, j: x ** (j + 2), lambda x: x * x * sum(c * x ** k for k, c in enumerate(series)), lambda x: exp(-x))
report("exp", remez(*args, -half, half, 10), *args, -half, half)

largest = mpf("0.17158") ** 2
series_log = [mpf(2) / (2 * k + 3) for k in range(80)]
args = (lambda z, j: z ** (j + 1), lambda z: z * sum(c * z ** k for k, c in enumerate(series_log)), lambda z: mpf(1) / 2)
report("log", remez(*args, mpf(0), largest, 7), *args, mpf(0), largest)
