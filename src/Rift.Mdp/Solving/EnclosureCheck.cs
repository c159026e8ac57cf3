namespace Rift.Mdp;

/// <summary>The inequalities of a <see cref="ValueEnclosure"/>, decided in outward-rounded arithmetic.</summary>
internal sealed class EnclosureCheck(SoftProblem problem, Policy? policy)
{
    private readonly double[] _gains = new double[problem.Mdp.Actions];

    /// <summary>1 - gamma (1 + delta), a little less: by how much T shrinks differences.</summary>
    internal double Contraction { get; } = Outward.Down.Subtract(1, Outward.Up.Multiply(problem.Mdp.Discount, Outward.Up.Add(1, problem.Mdp.Kernel.RowSumError)));

    /// <summary>Requires gamma times every row sum to be below 1.</summary>
    internal EnclosureRefusal? Rows()
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        EnclosureRefusal? worst = null;
        for (int s = 0; s < mdp.States; s++)
        {
            for (int a = 0; a < mdp.Actions; a++)
            {
                if (!problem.IsAvailable(s, a)) continue;
                double sum = 0;
                foreach (Successor next in mdp.Kernel.Successors(s, a)) sum = Outward.Up.Add(sum, next.Probability);
                double factor = Outward.Up.Multiply(mdp.Discount, sum);
                if (!(factor < 1) && !(factor - 1 <= worst?.Excess)) worst = new EnclosureRefusal(EnclosurePart.Rows, s, factor - 1);
            }
        }

        return worst;
    }

    /// <summary>Requires T U &lt;= U of an upper bound, L &lt;= T L of a lower one; T is that of the policy where there is one and the bound is a lower one.</summary>
    internal EnclosureRefusal? Bound(ReadOnlySpan<double> bound, Outward side)
    {
        EnclosurePart part = side.Sign > 0 ? EnclosurePart.Upper : EnclosurePart.Lower;
        EnclosureRefusal? worst = null;
        for (int s = 0; s < bound.Length; s++)
        {
            double excess = part == EnclosurePart.Lower && policy is not null ? OfPolicy(policy, bound, s) : OfOptimum(bound, s, side);
            if (!(excess <= 0) && !(excess <= worst?.Excess)) worst = new EnclosureRefusal(part, s, excess);
        }

        return worst;
    }

    /// <summary>One roundoff of the largest number that the inequalities contain, in the units of the reward.</summary>
    internal double Roundoff(ReadOnlySpan<double> bound) =>
        Rounding.Unit * Math.Max(problem.Temperature, Math.Max(SoftProblem.LargestAbs(bound), problem.Mdp.Reward.MaxAbs()));

    /// <summary>At most zero where the inequality of the optimum is proved in a state, otherwise by how much it fails.</summary>
    private double OfOptimum(ReadOnlySpan<double> bound, int state, Outward side)
    {
        double temperature = problem.Temperature, best = double.NegativeInfinity, sum = 0;
        for (int a = 0; a < problem.Mdp.Actions; a++)
        {
            _gains[a] = double.NegativeInfinity;
            if (!problem.IsAvailable(state, a)) continue;
            double advantage = Advantage(bound, state, a, side), logBase = problem.Base(state, a);
            if (temperature > 0) sum = side.Add(sum, side.Exp(side.Add(side.Divide(advantage, temperature), logBase)));
            _gains[a] = advantage + (temperature * logBase);
            best = Math.Max(best, _gains[a]);
        }

        if (temperature == 0) return side.Sign * best;
        if (side.Sign > 0 ? sum <= 1 : sum >= 1) return 0;
        double rest = 0;
        foreach (double gain in _gains) rest += Math.Exp((gain - best) / temperature);
        return Positive(side.Sign * (best + (temperature * Math.Log(rest))));
    }

    /// <summary>Zero where the inequality of the policy's value is proved of a lower bound in a state, otherwise by how much it fails.</summary>
    private double OfPolicy(Policy policy, ReadOnlySpan<double> lower, int state)
    {
        Outward down = Outward.Down;
        double sum = -problem.Temperature;
        for (int a = 0; a < problem.Mdp.Actions; a++)
        {
            double log = policy.LogProbability(state, a);
            if (double.IsNegativeInfinity(log)) continue;
            // The policy takes what the problem takes away: its value is minus infinity, or at temperature 0 not that of a policy of this problem.
            if (!problem.IsAvailable(state, a)) return double.PositiveInfinity;
            double entropy = down.Multiply(problem.Temperature, down.Add(down.Subtract(problem.Base(state, a), log), 1));
            double gain = down.Add(Advantage(lower, state, a, down), entropy);
            sum = down.Add(sum, down.Multiply(gain >= 0 ? down.Exp(log) : Outward.Up.Exp(log), gain));
        }

        return sum >= 0 ? 0 : Positive(-sum);
    }

    /// <summary>A bound of r + gamma E V - V(s).</summary>
    private double Advantage(ReadOnlySpan<double> values, int state, int action, Outward side)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        double expected = 0;
        foreach (Successor next in mdp.Kernel.Successors(state, action)) expected = side.Add(expected, side.Multiply(next.Probability, values[next.State]));
        return side.Subtract(side.Add(mdp.Reward[state, action], side.Multiply(mdp.Discount, expected)), values[state]);
    }

    // What is not proved must not look like it, whatever the rounding of a number that only informs.
    private static double Positive(double excess) => excess <= 0 ? double.Epsilon : excess;
}
