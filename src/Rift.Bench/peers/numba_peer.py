#!/usr/bin/python3
"""The soft Bellman sweep, value iteration and visitation as fused parallel loops compiled by numba.

One pass a sweep: expectation, maximum, exponentials, logarithm, smallest and largest change. Fast-math, no error checks, 32-bit row starts, the number of
actions a constant, chunks of states in parallel. visit: the fixed-point sweep rho <- (1 - gamma) d + gamma rho P by columns, until the residual proves the error.
"""

import math
import os
import sys

# Numba reads the number of threads when it is loaded.
if "--threads" in sys.argv:
    os.environ["NUMBA_NUM_THREADS"] = sys.argv[sys.argv.index("--threads") + 1]

import numba
import numpy as np

import workload as common


def chunk_of(states):
    """States that a thread takes at a time: enough to be worth it, and chunks enough to share."""
    return min(256, max(8, states // 64))


def fused_backup(workload, temperature):
    S, A, gamma = workload.S, workload.A, workload.discount
    size = chunk_of(S)
    chunks = (S + size - 1) // size
    row_start = workload.row_start.astype(np.int32)
    successors, probabilities, reward = workload.successors, workload.probabilities, workload.reward
    least, most = np.empty(chunks), np.empty(chunks)
    inverse = 1 / temperature

    @numba.njit(parallel=True, fastmath=True, error_model="numpy", boundscheck=False)
    def sweep(row_start, successors, probabilities, reward, values, after, least, most):
        for chunk in numba.prange(chunks):
            q = np.empty(A)
            low, high = np.inf, -np.inf
            for s in range(chunk * size, min(S, (chunk + 1) * size)):
                best = -1e300
                for a in range(A):
                    total = 0.0
                    for k in range(row_start[s * A + a], row_start[s * A + a + 1]):
                        total += probabilities[k] * values[successors[k]]
                    q[a] = reward[s * A + a] + gamma * total
                    best = max(best, q[a])
                weights = 0.0
                for a in range(A):
                    weights += math.exp((q[a] - best) * inverse)
                value = best + temperature * math.log(weights)
                change = value - values[s]
                low, high = min(low, change), max(high, change)
                after[s] = value
            least[chunk], most[chunk] = low, high

    def backup(values, after):
        sweep(row_start, successors, probabilities, reward, values, after, least, most)
        return least.min(), most.max()

    return backup


def visitation(workload, policy, tolerance):
    import scipy.sparse as sparse

    S, A, gamma = workload.S, workload.A, workload.discount
    size = chunk_of(S)
    chunks = (S + size - 1) // size
    changes = np.empty(chunks)

    @numba.njit(parallel=True, fastmath=True, error_model="numpy", boundscheck=False)
    def sweep(starts, sources, weights, rho, after, changes):
        for chunk in numba.prange(chunks):
            change = 0.0
            for s in range(chunk * size, min(S, (chunk + 1) * size)):
                total = 0.0
                for k in range(starts[s], starts[s + 1]):
                    total += weights[k] * rho[sources[k]]
                after[s] = (1 - gamma) / S + gamma * total
                change += abs(after[s] - rho[s])
            changes[chunk] = change

    def chain():
        rows = sparse.csr_matrix((workload.probabilities * np.repeat(policy.ravel(), np.diff(workload.row_start)), workload.successors, workload.row_start[::A]), shape=(S, S))
        return rows.tocsc()

    columns = chain()
    sweep(columns.indptr, columns.indices, columns.data, np.full(S, 1 / S), np.empty(S), changes)  # compiled here, where it is not timed

    def solve():
        columns = chain()
        rho, after, products, bound = np.full(S, 1 / S), np.empty(S), 0, math.inf
        while bound > tolerance:
            sweep(columns.indptr, columns.indices, columns.data, rho, after, changes)
            # The change is the residual of rho, and the error of the next iterate is gamma times that of rho at most.
            bound = gamma * changes.sum() / (1 - gamma)
            rho, after = after, rho
            products += 1
        return products, bound

    return solve


def main():
    arguments = common.options(__doc__, ["fused"])
    workload = common.Workload(arguments.folder, arguments.discount)
    backup = fused_backup(workload, arguments.temperature)
    if arguments.mode == "sweep":
        values, after = common.start_values(workload.S), np.empty(workload.S)
        common.print_sweep(lambda: backup(values, after), arguments.repetitions, "csr, fused")
    elif arguments.mode == "certify":
        common.print_certify(backup, workload, arguments)
    else:
        solve = visitation(workload, common.policy_to_visit(workload, backup, arguments), arguments.tolerance)
        common.print_visit(solve, arguments.repetitions)


if __name__ == "__main__":
    main()
