namespace Rift.Mdp;

/// <summary>The bijections of Figure 7: reward &lt;-&gt; Q &lt;-&gt; (policy, V), equations (12) to (17), with a base measure.</summary>
/// <remarks>
/// Each is one pass over the table. Interior policies only: where an action is available its probability must be positive, or Q is not finite. At pairs that
/// are not available, or whose base measure is zero, the tables hold 0. The paper prints (12) without its normaliser; the corrected form is used. Shaping a reward by a potential F
/// (Ng, Harada and Russell 1999) adds gamma E F - F; (17) is shaping by F = -V.
/// </remarks>
public static class Bijection
{
    /// <summary>(13): V(s) = alpha log sum_a exp(Q(s,a)/alpha + l(s,a)).</summary>
    /// <param name="problem">Temperature (positive) and base measure; the reward is not used.</param>
    /// <param name="q">Q, S x A.</param>
    public static double[] ValuesOf(SoftProblem problem, StateActionTable q)
    {
        Require.Shape(Require.NotNull(q), Require.NotNull(problem).Mdp.States, problem.Mdp.Actions, nameof(q));
        double[] values = new double[q.States];
        for (int s = 0; s < values.Length; s++) values[s] = SoftBackup.Value(q.Row(s), problem.BaseRow(s), problem.Temperature);
        return values;
    }

    /// <summary>A bound of the rounding error of any entry of <see cref="ValuesOf"/>, for Q exact.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="q">Q, S x A.</param>
    public static double ValueRounding(SoftProblem problem, StateActionTable q)
    {
        Require.Shape(Require.NotNull(q), Require.NotNull(problem).Mdp.States, problem.Mdp.Actions, nameof(q));
        double worst = 0;
        for (int s = 0; s < q.States; s++) worst = Math.Max(worst, SoftBackup.RoundingBound(q.Row(s), problem.BaseRow(s), problem.Temperature));
        return worst;
    }

    /// <summary>A bound of the rounding error of any finite log-probability of <see cref="PolicyOf"/>, for Q exact, in nats.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="q">Q, S x A.</param>
    public static double LogPolicyRounding(SoftProblem problem, StateActionTable q)
    {
        Policy policy = PolicyOf(problem, q);
        double worst = 0;
        for (int s = 0; s < q.States; s++)
            worst = Math.Max(worst, SoftBackup.LogPolicyRoundingBound(q.Row(s), problem.BaseRow(s), policy.LogProbabilities.Row(s), problem.Temperature));
        return worst;
    }

    /// <summary>(12), normalised: log pi(a|s) = Q(s,a)/alpha + l(s,a) minus the log-sum.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="q">Q, S x A.</param>
    public static Policy PolicyOf(SoftProblem problem, StateActionTable q)
    {
        Require.Shape(Require.NotNull(q), Require.NotNull(problem).Mdp.States, problem.Mdp.Actions, nameof(q));
        Require.Positive(problem.Temperature, nameof(problem));
        double[] logPolicy = new double[q.States * q.Actions];
        for (int s = 0; s < q.States; s++)
            SoftBackup.LogPolicy(q.Row(s), problem.BaseRow(s), problem.Temperature, 0, logPolicy.AsSpan(s * q.Actions, q.Actions));
        return Policy.FromLogProbabilities(StateActionTable.Own(q.States, q.Actions, logPolicy));
    }

    /// <summary>(16): Q(s,a) = alpha (log pi(a|s) - l(s,a)) + V(s).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="values">V, S entries.</param>
    public static StateActionTable QOf(SoftProblem problem, Policy policy, ReadOnlySpan<double> values)
    {
        MarkovDecisionProcess mdp = Require.NotNull(problem).Mdp;
        Require.NotNull(policy).RequireFits(mdp.Kernel);
        Require.Length(values.Length, mdp.States, nameof(values));
        double[] v = values.ToArray();
        return StateActionTable.Create(mdp.States, mdp.Actions, (s, a) =>
            problem.IsAvailable(s, a) ? (problem.Temperature * (policy.LogProbability(s, a) - problem.Base(s, a))) + v[s] : 0);
    }

    /// <summary>(15): r = Q - gamma E V, with V the soft values of Q (13).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="q">Q, S x A.</param>
    public static StateActionTable RewardOf(SoftProblem problem, StateActionTable q) => Unexpected(problem, q, ValuesOf(problem, q));

    /// <summary>(17): r(s,a) = alpha (log pi(a|s) - l(s,a)) + V(s) - gamma (E V)(s,a): the reward whose soft optimum is (pi, V).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="values">V, S entries.</param>
    public static StateActionTable RewardOf(SoftProblem problem, Policy policy, ReadOnlySpan<double> values) =>
        Unexpected(problem, QOf(problem, policy, values), values);

    private static StateActionTable Unexpected(SoftProblem problem, StateActionTable q, ReadOnlySpan<double> values)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        StateActionTable expected = mdp.Kernel.Expect(values);
        return StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => problem.IsAvailable(s, a) ? q[s, a] - (mdp.Discount * expected[s, a]) : 0);
    }
}
