using System.Globalization;

namespace Rift.Mdp;

/// <summary>What a given policy is worth: Q^pi (2), V^pi (3) and the advantage, entropy and base measure included.</summary>
/// <remarks>
/// V(s) = sum_a pi(a|s) (Q(s,a) - alpha (log pi(a|s) - l(s,a))) and Q = r + gamma E V: in Q the entropy counts from the next step on, so the
/// advantage A = Q - V averages to -alpha H(pi(s)) under pi where l = 0, not to zero. Plain discounted sums: no factor 1 - gamma. One linear solve.
/// </remarks>
public sealed class PolicyValue
{
    private PolicyValue(SoftProblem problem, Policy policy, CertifiedVector values)
    {
        Problem = problem;
        Policy = policy;
        Values = values;
        MarkovDecisionProcess mdp = problem.Mdp;
        Q = mdp.Discount == 0 ? mdp.Reward : mdp.Reward + (mdp.Discount * Expected(mdp.Kernel, values.Values));
        Advantage = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => double.IsNegativeInfinity(values.Values[s]) ? double.NaN : Q[s, a] - values.Values[s]);
    }

    /// <summary>The problem: rewards, temperature, base measure.</summary>
    public SoftProblem Problem { get; }

    /// <summary>The policy that was evaluated.</summary>
    public Policy Policy { get; }

    /// <summary>V^pi, S entries, with a bound in the sup norm. Negative infinity in states from which the policy can reach an action of base measure zero: its divergence is infinite there.</summary>
    public CertifiedVector Values { get; }

    /// <summary>Q^pi = r + gamma E V^pi, S x A.</summary>
    public StateActionTable Q { get; }

    /// <summary>A^pi = Q^pi - V^pi, S x A; not a number where V^pi is infinite.</summary>
    public StateActionTable Advantage { get; }

    /// <summary>J(pi) = sum_s d(s) V^pi(s).</summary>
    public CertifiedNumber Objective => CertifiedNumber.Expectation(Problem.Mdp.Initial, Values);

    /// <summary>Evaluates a policy.</summary>
    /// <param name="problem">Rewards, temperature alpha (0 allowed) and base measure.</param>
    /// <param name="policy">The policy; it may be any, not only an optimal one.</param>
    /// <param name="method">How the linear system is solved.</param>
    /// <returns>V^pi with a bound of its error, Q^pi and the advantage.</returns>
    /// <exception cref="ArgumentException">The policy does not fit the process.</exception>
    public static PolicyValue Of(SoftProblem problem, Policy policy, LinearMethod method = LinearMethod.Auto) =>
        Of(problem, policy, new DiscountedSolve(Require.NotNull(problem).Mdp, policy, method));

    /// <summary>Evaluates a policy with a system that was factorised before for the same process and policy.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="solve">The system of the same process and policy.</param>
    /// <returns>V^pi with a bound of its error, Q^pi and the advantage.</returns>
    public static PolicyValue Of(SoftProblem problem, Policy policy, DiscountedSolve solve)
    {
        (double[] earned, double rounding, bool infinite) = Earned(Require.NotNull(problem), Require.NotNull(policy));
        Require.NotNull(solve);
        return new PolicyValue(problem, policy, infinite ? SolveExtended(problem.Mdp, policy, solve, earned, rounding) : solve.Solve(earned, rounding));
    }

    /// <summary>Evaluates a policy for many rewards, temperatures and base measures, eight in one pass over its chain.</summary>
    /// <param name="problems">The problems, all with the kernel and discount of the first.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="solve">The system of the first problem's process and the policy; null to make one.</param>
    /// <param name="threads">Threads among which the eights are shared, at least 1.</param>
    /// <returns>The values in the order of the problems; what one is does not depend on the others, nor on the threads.</returns>
    /// <exception cref="ArgumentException">A problem has another kernel or discount than the first, or the policy does not fit.</exception>
    public static PolicyValue[] OfAll(IReadOnlyList<SoftProblem> problems, Policy policy, DiscountedSolve? solve = null, int threads = 1)
    {
        Require.SameKernel(problems);
        for (int i = 0; i < problems.Count; i++)
            if (problems[i].Mdp.Discount != problems[0].Mdp.Discount)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found the discount {problems[i].Mdp.Discount} in problem {i}, expected {problems[0].Mdp.Discount} as in problem 0"), nameof(problems));
        if (problems.Count == 0) return [];
        (double[] Earned, double Rounding, bool Infinite)[] income = [.. problems.Select(problem => Earned(problem, Require.NotNull(policy)))];
        solve ??= new DiscountedSolve(problems[0].Mdp, policy, threads: threads);
        int[] finite = [.. Enumerable.Range(0, income.Length).Where(i => !income[i].Infinite)];
        CertifiedVector[] values = new CertifiedVector[income.Length], solved = solve.SolveAll([.. finite.Select(i => income[i].Earned)], [.. finite.Select(i => income[i].Rounding)], threads);
        for (int i = 0; i < finite.Length; i++) values[finite[i]] = solved[i];
        for (int i = 0; i < values.Length; i++) values[i] ??= SolveExtended(problems[i].Mdp, policy, solve, income[i].Earned, income[i].Rounding);
        return [.. values.Select((value, i) => new PolicyValue(problems[i], policy, value))];
    }

    /// <summary>What the policy earns in each state, entropy and base measure included, a bound of its rounding, and whether it is negative infinity somewhere.</summary>
    private static (double[] Earned, double Rounding, bool Infinite) Earned(SoftProblem problem, Policy policy)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        policy.RequireFits(mdp.Kernel);
        double[] earned = new double[mdp.States];
        double rounding = 0;
        bool infinite = false;
        for (int s = 0; s < mdp.States; s++)
        {
            double error = 0;
            for (int a = 0; a < mdp.Actions; a++)
            {
                double logP = policy.LogProbability(s, a), p = Math.Exp(logP);
                if (logP == double.NegativeInfinity) continue;
                double bonus = problem.Temperature == 0 ? 0 : problem.Temperature * (logP - problem.Base(s, a));
                if (double.IsPositiveInfinity(bonus))
                {
                    // Also where p is below the smallest double.
                    earned[s] = double.NegativeInfinity;
                    infinite = true;
                    break;
                }

                earned[s] += p * (mdp.Reward[s, a] - bonus);
                error += p * (mdp.Actions + Math.Abs(logP) + 5) * (Math.Abs(mdp.Reward[s, a]) + Math.Abs(bonus));
            }

            rounding = Math.Max(rounding, Rounding.SecondOrder * Rounding.Unit * error);
        }

        return (earned, rounding, infinite);
    }

    /// <summary>E V, where V may be negative infinity: a kernel may multiply by its zeros, and zero times infinity is not a number.</summary>
    private static StateActionTable Expected(TransitionKernel kernel, double[] values)
    {
        if (!Array.Exists(values, double.IsNegativeInfinity)) return kernel.Expect(values);
        StateActionTable lost = kernel.Expect(Array.ConvertAll(values, v => double.IsNegativeInfinity(v) ? 1.0 : 0.0));
        return kernel.Expect(Array.ConvertAll(values, v => double.IsNegativeInfinity(v) ? 0.0 : v)).Zip(lost, (x, p) => p > 0 ? double.NegativeInfinity : x);
    }

    /// <summary>States that can reach an infinite loss are worth negative infinity; the others never see them, so the rest of the system stands.</summary>
    private static CertifiedVector SolveExtended(MarkovDecisionProcess mdp, Policy policy, DiscountedSolve solve, double[] earned, double rounding)
    {
        bool[] lost = Array.ConvertAll(earned, double.IsNegativeInfinity);
        for (bool grown = mdp.Discount > 0; grown;)
        {
            grown = false;
            for (int s = mdp.States - 1; s >= 0; s--)
            {
                if (lost[s] || !Leads(mdp, policy, s, lost)) continue;
                lost[s] = grown = true;
            }
        }

        for (int s = 0; s < lost.Length; s++)
            if (lost[s]) earned[s] = 0;
        CertifiedVector solved = solve.Solve(earned, rounding);
        for (int s = 0; s < lost.Length; s++)
            if (lost[s]) solved.Values[s] = double.NegativeInfinity;
        return solved;
    }

    private static bool Leads(MarkovDecisionProcess mdp, Policy policy, int state, bool[] to)
    {
        for (int a = 0; a < mdp.Actions; a++)
            if (policy.LogProbability(state, a) != double.NegativeInfinity && mdp.Kernel.Successors(state, a).Any(next => to[next.State])) return true;
        return false;
    }
}
