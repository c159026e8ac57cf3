#!/usr/bin/python3
"""The soft Bellman sweep, value iteration and visitation with numpy and scipy.

--method plain   what one writes first: a sparse product and scipy.special.logsumexp
--method hand    written for speed: rows grouped by action, so that every reduction runs along memory, buffers reused, full rows where nothing is sparse
visit: --method plain is gmres, hand is bicgstab, direct a factorisation
"""

import numpy as np
import scipy.sparse as sparse
import scipy.sparse.linalg as linalg
from scipy.special import logsumexp

import workload as common


def plain_backup(workload, temperature):
    kernel = sparse.csr_matrix((workload.probabilities, workload.successors, workload.row_start), shape=(workload.S * workload.A, workload.S))
    reward = workload.reward.reshape(workload.S, workload.A)

    def backup(values, after):
        q = reward + workload.discount * (kernel @ values).reshape(workload.S, workload.A)
        after[:] = temperature * logsumexp(q / temperature, axis=1)
        change = after - values
        return change.min(), change.max()

    return backup


def hand_backup(workload, temperature):
    S, A = workload.S, workload.A
    by_action = np.arange(S * A).reshape(S, A).T.ravel()
    reward = np.ascontiguousarray(workload.reward.reshape(S, A).T) / temperature
    if workload.dense:
        kernel = workload.probabilities.reshape(S * A, S)[by_action] * (workload.discount / temperature)
    else:
        kernel = sparse.csr_matrix((workload.probabilities, workload.successors, workload.row_start), shape=(S * A, S))[by_action]
        kernel.data *= workload.discount / temperature
    q, best, total, change = np.empty((A, S)), np.empty(S), np.empty(S), np.empty(S)

    def backup(values, after):
        np.add(reward, (kernel @ values).reshape(A, S), out=q)
        np.max(q, axis=0, out=best)
        np.subtract(q, best, out=q)
        np.exp(q, out=q)
        np.sum(q, axis=0, out=total)
        np.log(total, out=total)
        np.add(best, total, out=after)
        np.multiply(after, temperature, out=after)
        np.subtract(after, values, out=change)
        return change.min(), change.max()

    return backup


def visitation(workload, policy, method, tolerance):
    """rho (I - gamma P) = (1 - gamma) d from a uniform start; the products used and the bound ||residual||_1 / (1 - gamma)."""
    S, A, gamma = workload.S, workload.A, workload.discount
    rows = sparse.csr_matrix((workload.probabilities * np.repeat(policy.ravel(), np.diff(workload.row_start)), workload.successors, workload.row_start[::A]), shape=(S, S))
    start = np.full(S, (1 - gamma) / S)
    system = (sparse.identity(S, format="csr") - gamma * rows.T).tocsr()
    products = 0

    def product(x):
        nonlocal products
        products += 1
        return system @ x

    if method == "direct":
        rho = np.linalg.solve(system.toarray(), start) if S <= 2000 else linalg.splu(system.tocsc()).solve(start)
    else:
        # The 1-norm is at most sqrt(S) times the 2-norm that these methods watch.
        target = tolerance * (1 - gamma) / np.sqrt(S)
        operator = linalg.LinearOperator((S, S), matvec=product)
        if method == "hand":
            rho, _ = linalg.bicgstab(operator, start, tol=0, atol=target, maxiter=20000)
        else:
            rho, _ = linalg.gmres(operator, start, tol=0, atol=target, restart=30, maxiter=1000)
    return products, float(np.abs(start - system @ rho).sum() / (1 - gamma))


def main():
    arguments = common.options(__doc__, ["hand", "plain", "direct"])
    workload = common.Workload(arguments.folder, arguments.discount)
    backup = (plain_backup if arguments.method == "plain" else hand_backup)(workload, arguments.temperature)
    if arguments.mode == "sweep":
        values, after = common.start_values(workload.S), np.empty(workload.S)
        common.print_sweep(lambda: backup(values, after), arguments.repetitions, "csr, logsumexp" if arguments.method == "plain" else "dense by action" if workload.dense else "csr by action")
    elif arguments.mode == "certify":
        common.print_certify(backup, workload, arguments)
    else:
        policy = common.policy_to_visit(workload, backup, arguments)
        common.print_visit(lambda: visitation(workload, policy, arguments.method, arguments.tolerance), arguments.repetitions)


if __name__ == "__main__":
    main()
