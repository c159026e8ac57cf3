using System.Globalization;

namespace Rift.Mdp;

/// <summary>An algorithm for soft Bellman problems: a value that carries its own options.</summary>
/// <remarks>
/// All algorithms share one loop: back up, read the bracket off the change, stop or improve. They differ in how they improve, and all end at the
/// same certificate, so a result is proved whatever produced it.
/// </remarks>
public abstract record SoftAlgorithm
{
    private protected SoftAlgorithm()
    {
    }

    /// <summary>The half-width of the bracket to reach. Default: 1e-10 max(1, max|V|), or four times the rounding floor.</summary>
    public Tolerance Tolerance { get; init; } = Tolerance.Default;

    /// <summary>The most iterations, at least 1. Default: one million.</summary>
    public int MaxIterations { get; init => field = Require.Positive(value, nameof(MaxIterations)); } = 1_000_000;

    /// <summary>The algorithm's name, as reported in solutions.</summary>
    public abstract string Name { get; }

    /// <summary>Solves a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="execution">Threads, cancellation, progress; null for one thread and none.</param>
    /// <param name="start">V to start from, S finite entries that leave room to the largest double; empty for 0. It changes the work, not what is proved.</param>
    /// <returns>A solution with a proved bracket, whatever the outcome.</returns>
    public SoftSolution Solve(SoftProblem problem, Execution? execution = null, ReadOnlySpan<double> start = default)
    {
        execution ??= Execution.Default;
        if (!start.IsEmpty)
        {
            Require.Length(start.Length, Require.NotNull(problem).Mdp.States, nameof(start));
            // A backup can move a start by its own size, and the bracket by 1/(1 - gamma) times that.
            double largest = SoftProblem.LargestValue * (1 - problem.Mdp.Discount);
            foreach (double v in start)
                if (!(Math.Abs(v) < largest))
                    throw new ArgumentOutOfRangeException(nameof(start), v, string.Create(CultureInfo.InvariantCulture, $"expected a number of size below {largest:G3}"));
        }

        using SoftIteration iteration = new(Require.NotNull(problem), start, Tolerance, execution);
        string name = Run(iteration);
        return iteration.Finish(name);
    }

    /// <summary>Runs an iteration until it has ended; returns the name to report.</summary>
    private protected virtual string Run(SoftIteration iteration)
    {
        while (!iteration.BackUp(MaxIterations)) Improve(iteration);
        return Name;
    }

    /// <summary>Goes on with an iteration that another algorithm began.</summary>
    internal string Continue(SoftIteration iteration) => Run(iteration);

    /// <summary>Puts a better V into the iteration, knowing its V and T V.</summary>
    private protected abstract void Improve(SoftIteration iteration);
}

/// <summary>Solving in one word.</summary>
public static class SoftProblemExtensions
{
    /// <summary>Solves the problem by <see cref="Auto"/>, to the default tolerance.</summary>
    public static SoftSolution Solve(this SoftProblem problem) => new Auto().Solve(problem);

    /// <summary>Solves the problem by the given algorithm.</summary>
    public static SoftSolution Solve(this SoftProblem problem, SoftAlgorithm algorithm, Execution? execution = null) =>
        Require.NotNull(algorithm).Solve(problem, execution);
}
