"""What the peers share: a workload folder, the common options, timing, and the line of JSON that Rift.Bench prints too."""

import argparse
import json
import os
import statistics
import time

import numpy as np


class Workload:
    """A model in compressed rows: row s * A + a holds the successors of action a in state s."""

    def __init__(self, folder, discount=None):
        with open(os.path.join(folder, "meta.txt")) as meta:
            states, actions, transitions, gamma = meta.read().split()
        self.S, self.A = int(states), int(actions)
        self.discount = float(gamma) if discount is None else discount
        self.row_start = np.fromfile(os.path.join(folder, "rowptr.i64"), "<i8")
        self.successors = np.fromfile(os.path.join(folder, "col.i32"), "<i4")
        self.probabilities = np.fromfile(os.path.join(folder, "val.f64"), "<f8")
        self.reward = np.fromfile(os.path.join(folder, "r.f64"), "<f8")
        assert len(self.successors) == len(self.probabilities) == int(transitions) == self.row_start[-1]

    @property
    def dense(self):
        """Whether every pair leads everywhere, so that a program would store full rows."""
        return len(self.successors) == self.S * self.A * self.S


def options(description, methods):
    """The options of Rift.Bench's modes, and the method of the peer."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("mode", choices=["sweep", "certify", "visit"])
    parser.add_argument("folder")
    parser.add_argument("--method", choices=methods, default=methods[0])
    parser.add_argument("--temperature", type=float, default=0.1)
    parser.add_argument("--discount", type=float)
    parser.add_argument("--tolerance", type=float, default=1e-8)
    parser.add_argument("--repetitions", type=int)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--values", help="visit: V* as little-endian doubles, whose policy is visited; solved for where it is missing")
    parser.add_argument("--json", action="store_true", help="accepted for the sake of sameness: the output always is JSON")
    return parser.parse_args()


def measure(work, repetitions):
    """Median and minimum of the seconds that work takes, and its last result. The same work goes first untimed, for at least half a second; where a single run is longer than that, it counts."""
    start = time.perf_counter()
    result = work()
    first = time.perf_counter() - start
    seconds = [first] if first >= 0.5 else []
    while time.perf_counter() - start < 0.5:
        work()
    while len(seconds) < repetitions:
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), min(seconds), result


def start_values(states):
    """The V that sweeps start from."""
    return np.sin(0.37 * np.arange(states))


def print_sweep(work, repetitions, kernel):
    median, least, _ = measure(work, repetitions or 15)
    print(json.dumps({"milliseconds": 1e3 * median, "minimum": 1e3 * least, "kernel": kernel}))


def value_iteration(backup, states, discount, tolerance):
    """From V = 0 until the span of the change proves the half-width (MacQueen 1966); the midpoint, the number of sweeps and the half-width. Rounding is left out."""
    reach = discount / (1 - discount)
    values, after = np.zeros(states), np.empty(states)
    sweeps = 0
    while True:
        least, most = backup(values, after)
        sweeps += 1
        values, after = after, values
        half_width = reach * (most - least) / 2
        if half_width <= tolerance:
            return values + reach * (least + most) / 2, sweeps, half_width


def print_certify(backup, workload, arguments):
    values, after = np.zeros(workload.S), np.empty(workload.S)
    backup(values, after)  # compiled here, where it is not timed
    solve = lambda: value_iteration(backup, workload.S, workload.discount, arguments.tolerance)
    median, _, (_, sweeps, half_width) = measure(solve, arguments.repetitions or 1)
    print(json.dumps({"seconds": median, "sweeps": sweeps, "products": 0, "algorithm": "value iteration", "bound": half_width}))


def policy(workload, values, temperature):
    """The soft-optimal probabilities of V, S x A, by numpy."""
    import scipy.sparse as sparse

    kernel = sparse.csr_matrix((workload.probabilities, workload.successors, workload.row_start), shape=(workload.S * workload.A, workload.S))
    q = (workload.reward + workload.discount * (kernel @ values)).reshape(workload.S, workload.A) / temperature
    q -= q.max(axis=1, keepdims=True)
    np.exp(q, out=q)
    q /= q.sum(axis=1, keepdims=True)
    return q


def policy_to_visit(workload, backup, arguments):
    """The policy of the values given, or of those solved for; never timed."""
    values = np.fromfile(arguments.values, "<f8") if arguments.values else value_iteration(backup, workload.S, workload.discount, arguments.tolerance)[0]
    return policy(workload, values, arguments.temperature)


def print_visit(solve, repetitions):
    """Times a solve that returns the number of products and the bound of the error in the 1-norm."""
    median, _, (products, bound) = measure(solve, repetitions or 1)
    print(json.dumps({"seconds": median, "products": products, "bound": bound}))
