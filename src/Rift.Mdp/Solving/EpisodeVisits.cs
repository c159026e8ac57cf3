namespace Rift.Mdp;

/// <summary>How an episode that reaches no end of its own is cut off.</summary>
public enum TimeLimit
{
    /// <summary>After H steps, as simulators do it.</summary>
    FixedHorizon,

    /// <summary>After each step that does not end the episode it goes on with probability 1 - 1/H: a limit without memory, of mean H.</summary>
    Geometric,
}

/// <summary>How often a policy decides in each state of one episode before its end or the time limit: the undiscounted counterpart of <see cref="Visitation"/>.</summary>
/// <remarks>
/// n(s) = sum_t Pr(s_t = s and the episode still runs), 0 in terminal states; n sums to the expected length. A fixed horizon is H products with the chain of the policy; the geometric
/// limit is one transposed solve with the discount 1 - 1/H. Whatever is counted along an episode is an inner product with n(s) pi(a|s). Immutable.
/// </remarks>
public sealed class EpisodeVisits
{
    private readonly double[] _states;
    private readonly Policy _policy;

    private EpisodeVisits(double[] states, Policy policy, double length, double pairsErrorBound)
    {
        _states = states;
        _policy = policy;
        Length = new CertifiedNumber(length, Rounding.SecondOrder * (pairsErrorBound + (Rounding.Unit * (((double)states.Length * policy.Actions) + 2) * length)));
        PairsErrorBound = pairsErrorBound;
    }

    /// <summary>n(s), S numbers: the expected number of decisions in each state.</summary>
    public IReadOnlyList<double> States => _states;

    /// <summary>n(s) pi(a|s), S x A: the expected number of times each action is taken.</summary>
    public StateActionTable Pairs => field ??= StateActionTable.Create(_states.Length, _policy.Actions, (s, a) => _states[s] * _policy.Probability(s, a));

    /// <summary>The expected number of decisions of an episode.</summary>
    public CertifiedNumber Length { get; }

    /// <summary>The error of <see cref="Pairs"/> in the 1-norm is at most this.</summary>
    public double PairsErrorBound { get; }

    /// <summary>The visits of a policy.</summary>
    /// <param name="mdp">The process; neither its discount nor the rewards of states that are no ends matter.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="limit">How an episode is cut off.</param>
    /// <param name="horizon">H, at least 1: number of steps.</param>
    /// <param name="logRadius">What |log pi| may be off by, in nats: the error is carried into the bound. 0 asks for the policy as given.</param>
    /// <remarks>
    /// If every |log pi| is off by e, a row of the policy is off by at most e^e - 1 in the 1-norm, and so is each step of the distribution. Errors of the steps add up, for a step does not
    /// enlarge the 1-norm.
    /// </remarks>
    /// <param name="threads">At most so many threads, where the kernel shares its work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">The policy does not fit the process.</exception>
    public static EpisodeVisits Of(MarkovDecisionProcess mdp, Policy policy, TimeLimit limit, int horizon, double logRadius = 0, int threads = 1) => Of(mdp, policy, null, limit, horizon, logRadius, threads);

    /// <summary>The visits of a policy whose decisions may be stopped, each with probability phi, and what is stopped has ended: where phi is positive there is no end of the process's own.</summary>
    internal static EpisodeVisits Of(MarkovDecisionProcess mdp, Policy policy, StateActionTable? stopping, TimeLimit limit, int horizon, double logRadius, int threads)
    {
        Require.NotNull(policy).RequireFits(Require.NotNull(mdp).Kernel);
        Require.Positive(horizon, nameof(horizon));
        if (!(logRadius >= 0)) throw new ArgumentOutOfRangeException(nameof(logRadius), logRadius, "expected a number of at least 0");
        bool[] terminal = Terminal(mdp, stopping);
        double rowDrift = Math.Exp(logRadius) - 1;
        (double[] states, double error) = limit switch
        {
            TimeLimit.FixedHorizon => Propagated(new PolicyKernel(mdp, policy.LogProbabilities.Entries, threads, stopping), mdp.Initial, terminal, horizon, rowDrift),
            TimeLimit.Geometric => Solved(mdp, policy, stopping, horizon, rowDrift, threads),
            _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, "expected a known time limit"),
        };

        return Of(mdp, policy, states, error, rowDrift, terminal);
    }

    /// <summary>
    /// The visits under both limits and the discounted visitation at once, for a kernel that computes its transitions: the chain is followed once.
    /// </summary>
    /// <returns>What makes the visits of a limit, and the visitation: each takes as much memory as a table, so one may want them one after the other.</returns>
    internal static (Func<EpisodeVisits> FixedHorizon, Func<EpisodeVisits> Geometric, Func<Visitation> Discounted) OfAll(MarkovDecisionProcess mdp, Policy policy, StateActionTable? stopping, int horizon, double logRadius, int threads)
    {
        Require.NotNull(policy).RequireFits(Require.NotNull(mdp).Kernel);
        Require.Positive(horizon, nameof(horizon));
        bool[] terminal = Terminal(mdp, stopping);
        double rowDrift = Math.Exp(logRadius) - 1;
        StepWeights[] weights = [new(1, horizon), new(1 - (1.0 / horizon), horizon == 1 ? 1 : int.MaxValue), new(mdp.Discount, int.MaxValue)];
        CertifiedVector[] sums = VisitSums.Of(new PolicyKernel(mdp, policy.LogProbabilities.Entries, threads, stopping), mdp.Initial, terminal, weights, rowDrift);
        return (
            () => Of(mdp, policy, sums[0].Values, sums[0].ErrorBound, rowDrift, terminal),
            () => Of(mdp, policy, sums[1].Values, sums[1].ErrorBound + SurvivalRounding(sums[1].Values, horizon), rowDrift, terminal),
            () => Visitation.OfSum(mdp, policy, sums[2]));
    }

    /// <summary>sum_t gamma^t rho_t, for a kernel that computes its transitions.</summary>
    internal static CertifiedVector Discounted(MarkovDecisionProcess mdp, Policy policy, int threads)
    {
        Require.NotNull(policy).RequireFits(mdp.Kernel);
        return VisitSums.Of(new PolicyKernel(mdp, policy.LogProbabilities.Entries, threads), mdp.Initial, Terminal(mdp, null), [new StepWeights(mdp.Discount, int.MaxValue)], 0)[0];
    }

    private static bool[] Terminal(MarkovDecisionProcess mdp, StateActionTable? stopping)
    {
        bool[] terminal = new bool[mdp.States];
        for (int s = 0; s < terminal.Length; s++) terminal[s] = mdp.IsTerminal(s) && stopping?.Row(s).ContainsAnyExcept(0.0) != true;
        return terminal;
    }

    private static EpisodeVisits Of(MarkovDecisionProcess mdp, Policy policy, double[] states, double error, double rowDrift, bool[] terminal)
    {
        double length = 0, decisions = 0, rounding = 0;
        for (int s = 0; s < states.Length; s++)
        {
            if (terminal[s]) states[s] = 0;
            if (states[s] == 0) continue;
            length += states[s];
            for (int i = s * mdp.Actions; i < (s + 1) * mdp.Actions; i++)
            {
                double logP = policy.LogProbabilities[i], pair = states[s] * Math.Exp(logP);
                decisions += pair;
                if (pair > 0) rounding += pair * (Math.Abs(logP) + 3);
            }
        }

        // Whoever starts at an end decides nothing, whatever the policy may be off by.
        double drift = length == 0 ? 0 : rowDrift * length;
        return new EpisodeVisits(states, policy, decisions, Rounding.SecondOrder * (error + drift + (Rounding.Unit * (rounding + (mdp.States * length)))));
    }

    /// <summary>What is received along an episode in expectation, if x(s,a) is received for each action: sum_s,a n(s) pi(a|s) x(s,a).</summary>
    /// <param name="table">x, S x A; what it says of terminal states does not count.</param>
    public CertifiedNumber Total(StateActionTable table)
    {
        Require.Shape(Require.NotNull(table), _states.Length, _policy.Actions, nameof(table));
        double largest = table.MaxAbs();
        if (largest == 0) return new CertifiedNumber(0, 0);
        double sum = 0;
        for (int s = 0; s < _states.Length; s++)
        {
            if (_states[s] == 0) continue;
            ReadOnlySpan<double> x = table.Row(s);
            for (int a = 0; a < x.Length; a++)
                if (x[a] != 0) sum += x[a] * (_states[s] * _policy.Probability(s, a));
        }

        double rounding = Rounding.Unit * (table.Entries.Length + 2) * Length.Value;
        return new CertifiedNumber(sum, Rounding.SecondOrder * largest * (PairsErrorBound + rounding));
    }

    private static (double[] States, double Error) Propagated(PolicyKernel chain, ReadOnlySpan<double> initial, bool[] terminal, int horizon, double rowDrift)
    {
        double perStep = chain.RowError + rowDrift + (Rounding.Unit * (chain.Kernel.LargestColumn + chain.Kernel.Actions + 3)), drift = 0, error = 0;
        double[] visits = new double[initial.Length], here = initial.ToArray(), next = new double[initial.Length];
        for (int t = 0; t < horizon; t++)
        {
            double running = 0, most = 0;
            for (int s = 0; s < here.Length; s++)
            {
                if (terminal[s]) here[s] = 0;
                running += here[s];
                visits[s] += here[s];
                most += visits[s];
            }

            if (running == 0) break;
            error += drift + (Rounding.Unit * most);
            int left = horizon - t - 1;
            if (left > 0 && double.IsFinite(error) && running * left <= error)
            {
                // What is left of the episodes adds no more than what rounding may have taken.
                error += (running + drift) * left;
                break;
            }

            drift += perStep * running;
            chain.Push(here, next);
            (here, next) = (next, here);
        }

        return (visits, Rounding.SecondOrder * error);
    }

    /// <remarks>Drifts of the rows meet the visits once, and what they add is followed to the end: a factor H.</remarks>
    private static (double[] States, double Error) Solved(MarkovDecisionProcess mdp, Policy policy, StateActionTable? stopping, int horizon, double rowDrift, int threads)
    {
        MarkovDecisionProcess limited = mdp.WithDiscount(1 - (1.0 / horizon));
        PolicyKernel chain = new(limited, policy.LogProbabilities.Entries, threads, stopping);
        CertifiedVector visits = new DiscountedSolve(chain, LinearMethod.Auto, threads).SolveTransposed(limited.Initial);
        return (visits.Values, visits.ErrorBound + (horizon * ErrorNorm.Sum.Of(visits.Values) * rowDrift) + SurvivalRounding(visits.Values, horizon));
    }

    /// <summary>1 - 1/H rounds, by at most half a unit: the visits, which are a power series in it, move by at most that times H^2.</summary>
    private static double SurvivalRounding(double[] visits, int horizon) => horizon * ErrorNorm.Sum.Of(visits) * 2 * Rounding.Unit;
}
