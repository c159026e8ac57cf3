namespace Rift.Mdp;

/// <summary>Finite-horizon soft problems, solved exactly by backward induction: V_t = T V_{t+1}.</summary>
public static class BackwardInduction
{
    /// <summary>Solves a problem of <paramref name="horizon"/> steps.</summary>
    /// <param name="problem">Rewards, temperature, base measure, discount: all the same in each step.</param>
    /// <param name="horizon">Number of decisions H, at least 1.</param>
    /// <param name="terminalValues">V_H, S finite entries; empty for 0.</param>
    /// <param name="execution">Threads and cancellation; null for one thread.</param>
    /// <returns>V_0 .. V_H and their rounding bound. O(H) sweeps, (H + 1) S numbers.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled: an unfinished induction is worth nothing.</exception>
    public static FiniteHorizonSolution Solve(SoftProblem problem, int horizon, ReadOnlySpan<double> terminalValues = default, Execution? execution = null)
    {
        Require.NotNull(problem);
        Require.Positive(horizon, nameof(horizon));
        execution ??= Execution.Default;
        double[][] values = new double[horizon + 1][];
        values[horizon] = new double[problem.Mdp.States];
        if (!terminalValues.IsEmpty)
        {
            Require.Length(terminalValues.Length, problem.Mdp.States, nameof(terminalValues));
            foreach (double v in terminalValues) Require.Finite(v, nameof(terminalValues));
            terminalValues.CopyTo(values[horizon]);
        }

        using BellmanSweep sweep = new(problem, execution.Threads);
        double error = 0, worst = 0;
        for (int t = horizon - 1; t >= 0; t--)
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            values[t] = sweep.Backup(values[t + 1]);
            error = StepError(problem, SoftProblem.LargestAbs(values[t + 1]), error);
            worst = Math.Max(worst, error);
            execution.Progress?.Report(new SolveProgress(horizon - t, error, 0));
        }

        double[][]? secondary = problem.Temperature == 0 && problem.Ties == TieRule.Lexicographic ? SecondaryValues(problem, values, execution) : null;
        return new FiniteHorizonSolution(problem, values, secondary, Rounding.SecondOrder * worst);
    }

    /// <summary>The expected optimal value of <paramref name="horizon"/> steps from the initial distribution, <c>sum_s d(s) V_0(s)</c>, without what lies between: 2 S numbers of memory.</summary>
    /// <param name="problem">Rewards, temperature, base measure, discount: all the same in each step.</param>
    /// <param name="horizon">Number of decisions H, at least 1.</param>
    /// <param name="execution">Threads, cancellation, progress; null for one thread and none.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static CertifiedNumber Objective(SoftProblem problem, int horizon, Execution? execution = null)
    {
        Require.NotNull(problem);
        Require.Positive(horizon, nameof(horizon));
        execution ??= Execution.Default;
        using BellmanSweep sweep = new(problem, execution.Threads);
        AlignedBuffer<double> values = BellmanSweep.Room(problem.Mdp.States), next = BellmanSweep.Room(problem.Mdp.States);
        double error = 0;
        for (int step = 1; step <= horizon; step++)
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            sweep.Backup(values, next);
            error = StepError(problem, SoftProblem.LargestAbs(values.Span), error);
            (values, next) = (next, values);
            execution.Progress?.Report(new SolveProgress(step, error, 0));
        }

        double rounding = Rounding.Unit * (problem.Mdp.States + 2) * SoftProblem.LargestAbs(values.Span);
        return new CertifiedNumber(problem.Mdp.InitialExpectation(values.Span), Rounding.SecondOrder * (error + rounding));
    }

    /// <summary>The error of V_t, from that of V_{t+1} and its size.</summary>
    private static double StepError(SoftProblem problem, double largest, double error) => problem.BackupRounding(largest) + (problem.Mdp.Discount * (1 + problem.Mdp.Kernel.RowSumError) * error);

    /// <summary>The values of base measure and entropy among policies that take best actions only.</summary>
    private static double[][] SecondaryValues(SoftProblem problem, double[][] values, Execution execution)
    {
        double[][] secondary = new double[values.Length][];
        secondary[^1] = new double[problem.Mdp.States];
        for (int t = values.Length - 2; t >= 0; t--)
        {
            using BellmanSweep sweep = new(problem.AmongBest(values[t + 1]), execution.Threads);
            secondary[t] = sweep.Backup(secondary[t + 1]);
        }

        return secondary;
    }
}

/// <summary>The solution of a finite-horizon problem: values and a policy for each step.</summary>
public sealed class FiniteHorizonSolution
{
    private readonly double[][] _values;
    private readonly double[][]? _secondary;

    internal FiniteHorizonSolution(SoftProblem problem, double[][] values, double[][]? secondary, double errorBound)
    {
        Problem = problem;
        _values = values;
        _secondary = secondary;
        ErrorBound = errorBound;
    }

    /// <summary>The problem of a single step.</summary>
    public SoftProblem Problem { get; }

    /// <summary>Number of decisions H.</summary>
    public int Horizon => _values.Length - 1;

    /// <summary>Every V_t(s) is within this of the exact one, in the units of the reward.</summary>
    public double ErrorBound { get; }

    /// <summary>The expected optimal value <c>sum_s d(s) V_0(s)</c>; its error is at most <see cref="ErrorBound"/>.</summary>
    public double Objective => Problem.Mdp.InitialExpectation(_values[0]);

    /// <summary>V_t, S entries: the optimal value with H - t decisions left; t from 0 to H.</summary>
    /// <param name="step">t, from 0 to H.</param>
    public ReadOnlySpan<double> Values(int step) => _values[step];

    /// <summary>Q_t = r + gamma E V_{t+1}, S x A; t from 0 to H - 1.</summary>
    /// <param name="step">t, from 0 to H - 1.</param>
    public StateActionTable Q(int step)
    {
        MarkovDecisionProcess mdp = Problem.Mdp;
        return mdp.Reward + (mdp.Discount * mdp.Kernel.Expect(_values[step + 1]));
    }

    /// <summary>The optimal policy of step t, from 0 to H - 1; at temperature 0 by the tie rule.</summary>
    /// <param name="step">t, from 0 to H - 1.</param>
    public Policy Policy(int step) => _secondary is null
        ? Problem.GreedyPolicy(_values[step + 1])
        : Problem.AmongBest(_values[step + 1]).GreedyPolicy(_secondary[step + 1]);

    /// <summary>rho_t for t = 0 .. H: where the optimal policy is after t steps; rows of S probabilities.</summary>
    public double[][] PerStep()
    {
        double[][] perStep = new double[Horizon + 1][];
        perStep[0] = Problem.Mdp.Initial.ToArray();
        for (int t = 0; t < Horizon; t++)
            new PolicyKernel(Problem.Mdp, Policy(t).LogProbabilities.Entries).Push(perStep[t], perStep[t + 1] = new double[Problem.Mdp.States]);
        return perStep;
    }

    /// <summary>
    /// rho(s), S entries that sum to one: the discounted share of the H decisions that the optimal policy takes in the state,
    /// <c>sum_{t&lt;H} gamma^t rho_t(s) / sum_{t&lt;H} gamma^t</c>.
    /// </summary>
    /// <param name="perStep">The rows of <see cref="PerStep"/>.</param>
    public double[] DiscountedVisitation(IReadOnlyList<double[]> perStep)
    {
        Require.Length(Require.NotNull(perStep).Count, Horizon + 1, nameof(perStep));
        double[] visitation = new double[Problem.Mdp.States];
        double weight = 1, total = 0;
        for (int t = 0; t < Horizon; t++, weight *= Problem.Mdp.Discount)
        {
            Require.Length(perStep[t].Length, visitation.Length, nameof(perStep));
            total += weight;
            for (int s = 0; s < visitation.Length; s++) visitation[s] += weight * perStep[t][s];
        }

        for (int s = 0; s < visitation.Length; s++) visitation[s] /= total;
        return visitation;
    }
}
