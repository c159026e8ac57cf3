using System.Globalization;

namespace Rift.Mdp;

/// <summary>Which of several equally good policies is meant where the temperature is zero.</summary>
public enum TieRule
{
    /// <summary>Each best action with equal probability, state by state.</summary>
    Uniform,

    /// <summary>
    /// The limit of the soft-optimal policy as the temperature falls to zero with the base measure kept: among the hard-optimal policies the one of largest
    /// discounted <c>sum_t gamma^t (l(s,a) + entropy)</c>. With l = log pi0 it is the hard-optimal policy of least divergence from the prior.
    /// </summary>
    Lexicographic,
}

/// <summary>The soft Bellman problem: V(s) = alpha log sum_a exp(Q(s,a)/alpha + l(s,a)), Q = r + gamma E V.</summary>
/// <remarks>
/// <para>Mathematics only; how it is solved is an algorithm's affair. l = 0 is the maximum-entropy objective (1), (12)-(14); l = omega log pi0 residual
/// Q-learning (5); l = log pi0 with alpha = the KL weight fine-tuning (6); l = -inf takes an action away. At temperature 0 it is the hard optimum, and only
/// where l is -inf matters to the value.</para>
/// <para>Immutable; problems with other rewards share the kernel.</para>
/// </remarks>
public sealed class SoftProblem
{
    /// <summary>Values beyond this would overflow in sums and differences.</summary>
    internal const double LargestValue = double.MaxValue / 64;

    private readonly StateActionTable? _base; // l with -inf at pairs that are not available; null where l = 0 throughout

    /// <summary>A problem.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="temperature">alpha, in the units of the reward per nat; finite, 0 for the hard optimum.</param>
    /// <param name="logBase">l(s,a) in nats, S x A, below positive infinity; null for 0.</param>
    /// <exception cref="ArgumentException">The temperature is negative or not finite, the shape is wrong, or values would overflow.</exception>
    /// <exception cref="InvalidModelException">An entry of l is not a number or infinite, or a state is left without actions.</exception>
    public SoftProblem(MarkovDecisionProcess mdp, double temperature, StateActionTable? logBase = null)
    {
        Mdp = Require.NotNull(mdp);
        Temperature = Require.NotNegative(temperature, nameof(temperature));
        LogBase = logBase;
        _base = Combined(mdp, logBase);
        if (!(LargestPossibleValue < LargestValue))
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"found values that can reach {LargestPossibleValue:G3}, expected (max |r| + alpha (max |l| + log A)) / (1 - gamma) below {LargestValue:G3}"), nameof(mdp));
    }

    /// <summary>The process.</summary>
    public MarkovDecisionProcess Mdp { get; }

    /// <summary>The temperature alpha.</summary>
    public double Temperature { get; }

    /// <summary>The log base measure l as given, S x A, or null for 0.</summary>
    public StateActionTable? LogBase { get; }

    /// <summary>Which of several hard-optimal policies is returned at temperature 0; without meaning above.</summary>
    public TieRule Ties { get; init; }

    /// <summary>Residual Q-learning (5): maximises the residual reward plus alpha omega log pi0 plus alpha times the entropy.</summary>
    /// <param name="mdp">The process; its reward is not used.</param>
    /// <param name="prior">The prior policy pi0.</param>
    /// <param name="residualReward">r_R, S x A; -phi for interventions.</param>
    /// <param name="temperature">alpha.</param>
    /// <param name="priorScale">omega of (5), the factor of log pi0, at least 0. At 0 the prior is forgotten, also where it is zero.</param>
    public static SoftProblem ResidualQLearning(MarkovDecisionProcess mdp, Policy prior, StateActionTable residualReward, double temperature, double priorScale = 1)
    {
        Require.NotNull(prior).RequireFits(Require.NotNull(mdp).Kernel);
        Require.NotNegative(priorScale, nameof(priorScale));
        return new SoftProblem(mdp.WithReward(residualReward), temperature, priorScale switch { 0 => null, 1 => prior.LogProbabilities, _ => priorScale * prior.LogProbabilities }) { Ties = TieRule.Lexicographic };
    }

    /// <summary>KL-regularised fine-tuning (6): maximises the reward minus <paramref name="klWeight"/> times KL(pi || prior). Theorem 4.1: residual Q-learning at prior scale 1 and temperature <paramref name="klWeight"/>.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="prior">The prior policy pi0.</param>
    /// <param name="reward">r, S x A.</param>
    /// <param name="klWeight">omega of (6), at least 0, in the units of the reward per nat.</param>
    public static SoftProblem FineTuning(MarkovDecisionProcess mdp, Policy prior, StateActionTable reward, double klWeight) =>
        ResidualQLearning(mdp, prior, reward, Require.NotNegative(klWeight, nameof(klWeight)));

    /// <summary>The same problem with another reward.</summary>
    /// <param name="reward">r, S x A.</param>
    public SoftProblem WithReward(StateActionTable reward) => new(Mdp.WithReward(reward), Temperature, LogBase) { Ties = Ties };

    /// <summary>The problem on a set of states that is never left, in the order given.</summary>
    internal SoftProblem Within(int[] closed)
    {
        Dictionary<int, int> place = new(closed.Length);
        for (int i = 0; i < closed.Length; i++) place[closed[i]] = i;
        TransitionKernelBuilder builder = new(closed.Length, Mdp.Actions);
        for (int i = 0; i < closed.Length; i++)
            for (int a = 0; a < Mdp.Actions; a++)
                foreach (Successor next in Mdp.Kernel.Successors(closed[i], a)) builder.Add(i, a, place[next.State], next.Probability);
        double[] initial = new double[closed.Length];
        initial[0] = 1;
        MarkovDecisionProcess within = new(builder.Build(), StateActionTable.Create(closed.Length, Mdp.Actions, (i, a) => Mdp.Reward[closed[i], a]), initial, Mdp.Discount);
        return new SoftProblem(within, Temperature, _base is null ? null : StateActionTable.Create(closed.Length, Mdp.Actions, (i, a) => Base(closed[i], a)));
    }

    /// <summary>l(s,.) with -inf at actions that are not available; empty where l = 0 throughout.</summary>
    internal ReadOnlySpan<double> BaseRow(int state) => _base is null ? default : _base.Row(state);

    /// <summary>Writes l(s,.) as far as the value depends on it: at temperature 0 only where it is negative infinity.</summary>
    internal void EffectiveBase(int state, Span<double> row)
    {
        ReadOnlySpan<double> l = BaseRow(state);
        for (int a = 0; a < row.Length; a++) row[a] = Temperature > 0 || l[a] == double.NegativeInfinity ? l[a] : 0;
    }

    /// <summary>l(s,a); negative infinity where the action cannot be taken.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    public double Base(int state, int action) => _base is null ? 0 : _base[state, action];

    /// <summary>Whether the action can be taken: available in the process, and not taken away by the base measure.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    public bool IsAvailable(int state, int action) => Base(state, action) != double.NegativeInfinity;

    /// <summary>The policy that attains the backup of V: soft above temperature 0, uniform over ties at 0.</summary>
    internal Policy GreedyPolicy(double[] values)
    {
        double[] logPolicy = new double[Mdp.States * Mdp.Actions];
        PolicySweep.LogPolicy(this, values, TieTolerance(LargestAbs(values)), null, logPolicy, threads: 1);
        return Policy.FromLogProbabilities(StateActionTable.Own(Mdp.States, Mdp.Actions, logPolicy));
    }

    /// <summary>
    /// At temperature 0, what is left to decide: maximise sum_t gamma^t (l + entropy) over policies that take actions that are best for V.
    /// A soft problem of its own, with no reward and temperature 1.
    /// </summary>
    internal SoftProblem AmongBest(double[] values)
    {
        Policy best = GreedyPolicy(values);
        StateActionTable restricted = StateActionTable.Create(Mdp.States, Mdp.Actions, (s, a) => best.LogProbability(s, a) == double.NegativeInfinity ? double.NegativeInfinity : Base(s, a));
        return new SoftProblem(Mdp.WithReward(StateActionTable.Constant(Mdp.States, Mdp.Actions, 0)), 1, restricted);
    }

    /// <summary>At temperature 0, actions within this of the best count as best.</summary>
    internal static double TieTolerance(double largestValue) => 1e-10 * Math.Max(1, largestValue);

    /// <summary>
    /// A bound of the error of one computed backup of a V of at most this size: rounding of Q and of the soft maximum, and what the row sums miss of one.
    /// </summary>
    internal double BackupRounding(double largestValue) =>
        ExpectationRounding(largestValue) + MaximumRounding(largestValue) + (Mdp.Discount * Mdp.Kernel.RowSumError * largestValue);

    /// <summary>A bound of the rounding error of r + gamma E V: one roundoff a successor, for the discounted probability and for the sum.</summary>
    internal double ExpectationRounding(double largestValue) =>
        Rounding.SecondOrder * Rounding.Unit * (Mdp.Kernel.LargestRow + 2) * ((Mdp.Discount * largestValue) + LargestReward);

    /// <summary>A bound of the rounding error of <see cref="Soft"/> and <see cref="SoftWithBase"/>, of <see cref="SoftScalar"/> too, for Q exact and of the size that V allows: see there.</summary>
    private double MaximumRounding(double largestValue)
    {
        if (Temperature == 0) return 0;
        double q = (Mdp.Discount * largestValue) + LargestReward, logActions = Math.Log(Mdp.Actions);
        return Rounding.SecondOrder * Rounding.Unit * (_base is null
            ? (ScaledValuesAreFinite ? q : 6 * q) + (Temperature * (Mdp.Actions + 4 + (7 * logActions)))
            : (6 * q) + (Temperature * (Mdp.Actions + 4 + (7 * logActions) + (3 * LargestBestBase))));
    }

    /// <summary>The largest size of a state's largest l.</summary>
    private double LargestBestBase
    {
        get
        {
            if (!double.IsNaN(field)) return field;
            double largest = 0;
            for (int s = 0; s < Mdp.States; s++)
            {
                double best = double.NegativeInfinity;
                foreach (double l in BaseRow(s)) best = Math.Max(best, l);
                largest = Math.Max(largest, Math.Abs(best));
            }

            return field = largest;
        }
    } = double.NaN;

    private double LargestReward { get => double.IsNaN(field) ? field = Mdp.Reward.MaxAbs() : field; } = double.NaN;

    /// <summary>Whether values can be divided by the temperature, or multiplied by its inverse, without overflow.</summary>
    internal bool ScaledValuesAreFinite { get => field || (field = Temperature == 0 || (1 / Temperature < double.MaxValue && LargestPossibleValue / Temperature < LargestValue)); }

    /// <summary>No optimal value is larger in size.</summary>
    private double LargestPossibleValue
    {
        get
        {
            double largestBase = 0;
            if (_base is not null)
                foreach (double l in _base.Entries)
                    if (l != double.NegativeInfinity) largestBase = Math.Max(largestBase, Math.Abs(l));
            return (LargestReward + (Temperature * (largestBase + Math.Log(Mdp.Actions)))) / (1 - Mdp.Discount);
        }
    }

    internal static double LargestAbs(ReadOnlySpan<double> values)
    {
        double max = 0;
        foreach (double v in values) max = Math.Max(max, Math.Abs(v));
        return max;
    }

    private static StateActionTable? Combined(MarkovDecisionProcess mdp, StateActionTable? logBase)
    {
        TransitionKernel kernel = mdp.Kernel;
        if (logBase is null && kernel.AllAvailable) return null;
        if (logBase is not null) Require.Shape(logBase, mdp.States, mdp.Actions, nameof(logBase));
        bool knows = logBase is not null; // -inf wherever the action is not available
        for (int s = 0; s < mdp.States && knows; s++)
            for (int a = 0; a < mdp.Actions && knows; a++) knows = logBase![s, a] == double.NegativeInfinity || kernel.IsAvailable(s, a);
        StateActionTable combined = knows ? logBase! : StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => kernel.IsAvailable(s, a) ? logBase?[s, a] ?? 0 : double.NegativeInfinity);
        for (int s = 0; s < mdp.States; s++)
        {
            bool any = false;
            for (int a = 0; a < mdp.Actions; a++)
            {
                double l = combined[s, a];
                if (double.IsNaN(l) || double.IsPositiveInfinity(l))
                    throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the log base measure {l}"), "a finite number or negative infinity", s, a);
                any |= l != double.NegativeInfinity;
            }

            RowSum.RequireAction(any, s);
        }

        return combined;
    }
}
