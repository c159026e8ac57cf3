namespace Rift.Mdp;

/// <summary>Where a policy spends its discounted time: rho(s) and mu(s,a) of section 3.3, and the way back from mu to the policy.</summary>
/// <remarks>
/// rho = (1 - gamma) sum_t gamma^t rho_t, so rho and mu = rho pi sum to one. For visits per episode, divide by 1 - gamma. One transposed solve; with
/// <see cref="LinearMethod.Elimination"/> small entries are as accurate as large ones. Immutable.
/// </remarks>
public sealed class Visitation
{
    // Where there is a chain of the policy, it has the exponentials.
    private Visitation(MarkovDecisionProcess mdp, Policy policy, CertifiedVector states, PolicyKernel? chain = null)
    {
        double[] pairs = new double[mdp.States * mdp.Actions];
        double rounding = 0;
        for (int s = 0; s < mdp.States; s++)
        {
            ReadOnlySpan<double> logProbabilities = policy.LogProbabilities.Row(s), probabilities = chain is null ? default : chain.Probabilities(s);
            for (int a = 0; a < mdp.Actions; a++)
            {
                double p = chain is null ? Math.Exp(logProbabilities[a]) : probabilities[a], pair = pairs[(s * mdp.Actions) + a] = states.Values[s] * p;
                if (p > 0) rounding += Math.Abs(pair) * (Math.Abs(logProbabilities[a]) + 3);
            }
        }

        States = states;
        Pairs = StateActionTable.Own(mdp.States, mdp.Actions, pairs);
        PairsErrorBound = Rounding.SecondOrder * (states.ErrorBound + (Rounding.Unit * rounding));
    }

    /// <summary>rho, S entries that sum to one, with a bound of the error in the 1-norm, for the policy given.</summary>
    public CertifiedVector States { get; }

    /// <summary>The occupancy mu(s,a) = rho(s) pi(a|s), S x A entries that sum to one.</summary>
    public StateActionTable Pairs { get; }

    /// <summary>The error of <see cref="Pairs"/> in the 1-norm is at most this, for the policy given.</summary>
    public double PairsErrorBound { get; }

    /// <summary>&lt;x, mu&gt; for the policy whose occupancy it is, such as the discounted intervention rate &lt;phi, mu&gt;: the error of mu in the 1-norm meets the largest entry of x.</summary>
    /// <param name="table">x, S x A.</param>
    public CertifiedNumber Average(StateActionTable table)
    {
        double rounding = Rounding.Unit * (Require.NotNull(table).Entries.Length + 2), error = table.MaxAbs() * (PairsErrorBound + rounding);
        return new CertifiedNumber(table.InnerProduct(Pairs), Rounding.SecondOrder * error);
    }

    /// <summary>The visitation of a policy.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="method">How the system is solved; for many states and a kernel that computes its transitions, <see cref="LinearMethod.Auto"/> follows the chain step by step as long as that is cheaper.</param>
    /// <param name="threads">At most so many threads; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">The policy does not fit the process.</exception>
    public static Visitation Of(MarkovDecisionProcess mdp, Policy policy, LinearMethod method = LinearMethod.Auto, int threads = 1) =>
        method == LinearMethod.Auto && Require.NotNull(mdp).Kernel.Rows is null && mdp.States > DiscountedSolve.DirectStates
            ? OfSum(mdp, policy, EpisodeVisits.Discounted(mdp, policy, threads))
            : Of(mdp, policy, new DiscountedSolve(mdp, policy, method, threads));

    /// <summary>The visitation of a policy, with a system that was factorised before for the same process and policy.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="solve">The system of both.</param>
    /// <param name="tolerance">An error bound of rho in the 1-norm that is small enough; 0 goes as far as rounding allows.</param>
    public static Visitation Of(MarkovDecisionProcess mdp, Policy policy, DiscountedSolve solve, double tolerance = 0)
    {
        Require.NotNull(policy).RequireFits(Require.NotNull(mdp).Kernel);
        return new Visitation(mdp, policy, Require.NotNull(solve).SolveTransposed(Start(mdp), StartError(mdp), tolerance: tolerance), solve.Chain);
    }

    /// <summary>The visitation of a policy, from sum_t gamma^t rho_t.</summary>
    internal static Visitation OfSum(MarkovDecisionProcess mdp, Policy policy, CertifiedVector sum)
    {
        double[] states = Array.ConvertAll(sum.Values, x => (1 - mdp.Discount) * x);
        return new Visitation(mdp, policy, new CertifiedVector(states, Rounding.SecondOrder * (((1 - mdp.Discount) * sum.ErrorBound) + (3 * Rounding.Unit * ErrorNorm.Sum.Of(states))), ErrorNorm.Sum));
    }

    /// <summary>The visitations of a policy from many initial distributions, eight in one pass over its chain.</summary>
    /// <param name="mdp">The process; its own initial distribution is not used.</param>
    /// <param name="initial">The initial distributions, S probabilities each.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="solve">The system of both; null to make one.</param>
    /// <param name="tolerance">An error bound of each rho in the 1-norm that is small enough; 0 goes as far as rounding allows.</param>
    /// <param name="threads">Threads among which the eights are shared, at least 1.</param>
    /// <returns>The visitations in the order of the distributions; what one is does not depend on the others, nor on the threads.</returns>
    /// <exception cref="ArgumentException">The policy does not fit the process, or a distribution has another number of states.</exception>
    /// <exception cref="InvalidModelException">One of them is no distribution.</exception>
    public static Visitation[] OfAll(MarkovDecisionProcess mdp, IReadOnlyList<double[]> initial, Policy policy, DiscountedSolve? solve = null, double tolerance = 0, int threads = 1)
    {
        Require.NotNull(policy).RequireFits(Require.NotNull(mdp).Kernel);
        MarkovDecisionProcess[] from = [.. Require.NotNull(initial).Select(distribution => mdp.WithInitial(distribution))];
        solve ??= new DiscountedSolve(mdp, policy, threads: threads);
        CertifiedVector[] states = solve.SolveAllTransposed([.. from.Select(Start)], StartError(mdp), tolerance, threads);
        return [.. states.Select(rho => new Visitation(mdp, policy, rho, solve.Chain))];
    }

    /// <summary>rho_t for t = 0 .. <paramref name="steps"/> - 1 (4): where the policy is after t steps; row t of S probabilities each.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="steps">Number of steps, at least 1.</param>
    public static double[][] PerStep(MarkovDecisionProcess mdp, Policy policy, int steps)
    {
        Require.NotNull(policy).RequireFits(Require.NotNull(mdp).Kernel);
        Require.Positive(steps, nameof(steps));
        PolicyKernel chain = new(mdp, policy.LogProbabilities.Entries);
        double[][] perStep = new double[steps][];
        perStep[0] = mdp.Initial.ToArray();
        for (int t = 1; t < steps; t++) chain.Push(perStep[t - 1], perStep[t] = new double[mdp.States]);
        return perStep;
    }

    /// <summary>The policy of an occupancy: pi(a|s) = mu(s,a) / rho(s) with rho(s) = sum_a mu(s,a).</summary>
    /// <param name="occupancy">mu, S x A, non-negative, zero where the action is not available.</param>
    /// <param name="kernel">The dynamics; in states that mu never visits the policy is uniform over the available actions, for mu says nothing about them.</param>
    /// <exception cref="InvalidModelException">An entry is negative, not finite, or at an action that is not available.</exception>
    public static Policy PolicyOf(StateActionTable occupancy, TransitionKernel kernel)
    {
        Require.Shape(Require.NotNull(occupancy), Require.NotNull(kernel).States, kernel.Actions, nameof(occupancy));
        StateActionTable logWeights = StateActionTable.Create(kernel.States, kernel.Actions, (s, a) =>
        {
            RowSum.RequireProbability(occupancy[s, a], s, a);
            bool visited = occupancy.Row(s).ContainsAnyExcept(0.0);
            if (occupancy[s, a] > 0 && !kernel.IsAvailable(s, a))
                throw new InvalidModelException("found an occupancy of an action that is not available", "0", s, a);
            return visited ? Math.Log(occupancy[s, a]) : kernel.IsAvailable(s, a) ? 0 : double.NegativeInfinity;
        });
        return Policy.Softmax(logWeights);
    }

    /// <summary>(1 - gamma) d.</summary>
    private static double[] Start(MarkovDecisionProcess mdp)
    {
        double[] start = mdp.Initial.ToArray();
        for (int s = 0; s < start.Length; s++) start[s] *= 1 - mdp.Discount;
        return start;
    }

    /// <summary>What rounding does to <see cref="Start"/>, in the 1-norm.</summary>
    private static double StartError(MarkovDecisionProcess mdp) => 3 * Rounding.Unit * (1 - mdp.Discount);
}
