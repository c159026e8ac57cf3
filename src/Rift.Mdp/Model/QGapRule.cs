namespace Rift.Mdp;

/// <summary>How "the expert's value Q*(s, pi*(s))" in (11) is read where the expert is stochastic.</summary>
public enum ExpertReading
{
    /// <summary>The value of its most likely action: max_a Q*(s,a). The expert's own best action is then never stopped.</summary>
    Mode,

    /// <summary>Its average value: sum_a pi*(a|s) Q*(s,a). The expert may then be stopped itself.</summary>
    Mean,
}

/// <summary>The intervention rule (11): stop where an action is worse than the expert's by more than a threshold.</summary>
public static class QGapRule
{
    /// <summary>The left side of (11): Q*(s, pi*(s)) - Q*(s,a), S x A, in the units of the reward; 0 where the action is not available.</summary>
    /// <param name="expert">The expert's solution.</param>
    /// <param name="reading">What Q*(s, pi*(s)) means.</param>
    public static StateActionTable Gap(SoftSolution expert, ExpertReading reading)
    {
        SoftProblem problem = Require.NotNull(expert).Problem;
        double[] worth = new double[problem.Mdp.States];
        for (int s = 0; s < worth.Length; s++)
        {
            if (reading == ExpertReading.Mode) worth[s] = SoftBackup.Best(expert.Q.Row(s), problem.BaseRow(s));
            else
                for (int a = 0; a < problem.Mdp.Actions; a++)
                    if (expert.Policy.Probability(s, a) is double p and > 0) worth[s] += p * expert.Q[s, a];
        }

        return StateActionTable.Create(problem.Mdp.States, problem.Mdp.Actions, (s, a) => problem.Mdp.IsAvailable(s, a) ? worth[s] - expert.Q[s, a] : 0);
    }

    /// <summary>phi(s,a) = 1 where the gap exceeds the threshold strictly, else 0 (11).</summary>
    /// <param name="gap">The left side of (11).</param>
    /// <param name="threshold">B, in the units of the reward, at least 0.</param>
    /// <param name="tie">A gap within this of the threshold equals it: see <see cref="TieWidth"/>. 0 compares the doubles as they are.</param>
    public static StateActionTable Interventions(StateActionTable gap, double threshold, double tie = 0)
    {
        Require.NotNegative(threshold, nameof(threshold));
        Require.NotNegative(tie, nameof(tie));
        return Require.NotNull(gap).Map(g => g - threshold > tie ? 1.0 : 0.0);
    }

    /// <summary>
    /// How closely a gap and a threshold that are equal as numbers agree in doubles: each of the two values and the threshold is rounded once when it is written down, and their
    /// differences are. In doubles 0.9 - 0.3 exceeds 0.6, and no supervisor means that.
    /// </summary>
    /// <param name="expert">The expert's solution.</param>
    /// <param name="threshold">B.</param>
    public static double TieWidth(SoftSolution expert, double threshold) =>
        Rounding.SecondOrder * Rounding.Unit * ((4 * Require.NotNull(expert).Q.MaxAbs()) + (2 * Math.Abs(threshold)));
}
