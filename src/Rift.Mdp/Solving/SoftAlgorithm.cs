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
            SoftPath.RequireStart(problem, start);
        }

        using SoftIteration iteration = new(Require.NotNull(problem), start, Tolerance, execution);
        return Complete(iteration);
    }

    /// <summary>
    /// Solves many problems of one kernel: rewards, base measures, temperatures and discounts may differ. What the algorithm does by sweeps is done for eight problems in one pass
    /// over the kernel; a problem that is certified makes room for the next.
    /// </summary>
    /// <param name="problems">The problems, all with the same <see cref="TransitionKernel"/>; with the same reward or base measure table, that is stored once.</param>
    /// <param name="execution">Threads, cancellation, progress (told after every iteration of every problem); null for one thread and none.</param>
    /// <returns>The solutions in the order of the problems: bit for bit those of <see cref="Solve"/>, whatever problems are beside them.</returns>
    /// <remarks>Memory beside the solutions: 16 S numbers, and 8 S A for rewards that differ, as many for base measures.</remarks>
    /// <exception cref="ArgumentException">A problem has another kernel than the first.</exception>
    public SoftSolution[] SolveAll(IReadOnlyList<SoftProblem> problems, Execution? execution = null)
    {
        Require.SameKernel(problems);
        return [.. SolveTogether([.. problems.Select(problem => (SoftProblem[])[problem])], execution).Select(path => path[0])];
    }

    /// <summary>Solves problems one after the other, each from the V of the one before: along a sweep of a weight, or an annealing of the temperature.</summary>
    /// <param name="problems">The problems in their order, all with as many states. Discounts may differ, too.</param>
    /// <param name="execution">Threads, cancellation, progress; null for one thread and none.</param>
    /// <returns>The solutions in the same order. Each is proved by itself, wherever it started; where the path leads from decides about its last digits.</returns>
    /// <exception cref="ArgumentException">A problem has another number of states than the first.</exception>
    public SoftSolution[] SolvePath(IReadOnlyList<SoftProblem> problems, Execution? execution = null)
    {
        Require.NotNull(problems);
        for (int i = 0; i < problems.Count; i++)
            Require.Length(Require.NotNull(problems[i], $"{nameof(problems)}[{i}]").Mdp.States, problems[0].Mdp.States, $"{nameof(problems)}[{i}]");
        return SolveTogether([problems], execution)[0];
    }

    /// <summary>Goes along many paths of problems on one kernel: within a path as <see cref="SolvePath"/> does, side by side as <see cref="SolveAll"/> does.</summary>
    /// <param name="paths">The paths, of any lengths; all problems have the same <see cref="TransitionKernel"/>.</param>
    /// <param name="execution">Threads, cancellation, progress (told after every iteration of every problem); null for one thread and none.</param>
    /// <returns>The solutions of each path in the order of its problems: bit for bit those of <see cref="SolvePath"/>, whatever paths are beside it.</returns>
    /// <remarks>A path keeps its place among the eight from problem to problem, as long as sweeps do and its problems stay hard or soft, with or without base measure. Memory: see <see cref="SolveAll"/>.</remarks>
    /// <exception cref="ArgumentException">A problem has another kernel than the first.</exception>
    public SoftSolution[][] SolvePaths(IReadOnlyList<IReadOnlyList<SoftProblem>> paths, Execution? execution = null)
    {
        Require.NotNull(paths);
        for (int i = 0; i < paths.Count; i++) Require.NotNull(paths[i], $"{nameof(paths)}[{i}]");
        Require.SameKernel([.. paths.SelectMany(path => path)]);
        return SolveTogether(paths, execution);
    }

    /// <summary>Runs an iteration until it has ended; returns the name to report.</summary>
    private protected virtual string Run(SoftIteration iteration)
    {
        while (!iteration.BackUp(MaxIterations)) Improve(iteration);
        return Name;
    }

    /// <summary>Goes on with an iteration that another algorithm began.</summary>
    internal string Continue(SoftIteration iteration) => Run(iteration);

    /// <summary>Whether the algorithm's next step is a plain sweep, V &lt;- T V, which can be done for many problems at once.</summary>
    private protected virtual bool IsPlainSweep(Bracket bracket) => false;

    /// <summary>What to report where plain sweeps were all that was needed.</summary>
    private protected virtual string NameOfSweeps(Bracket bracket) => Name;

    /// <summary>Puts a better V into the iteration, knowing its V and T V.</summary>
    private protected abstract void Improve(SoftIteration iteration);

    private SoftSolution Complete(SoftIteration iteration)
    {
        string name = Run(iteration);
        return iteration.Finish(name);
    }

    private SoftSolution[][] SolveTogether(IReadOnlyList<IReadOnlyList<SoftProblem>> problems, Execution? execution)
    {
        SoftPath[] paths = [.. problems.Select(path => new SoftPath(path, Tolerance, execution ?? Execution.Default))];
        while (paths.Any(path => !path.Ended))
        {
            foreach (IGrouping<(bool, bool), SoftPath> alike in paths.Where(path => !path.Ended && GoesBySweeps(path.Bracket)).GroupBy(path => BatchIteration.Kind(path.Bracket.Problem)))
                if (alike.Count() >= BatchIteration.Fewest) Sweep([.. alike]);

            // One problem of each path that is left; then some may be swept together again.
            foreach (SoftPath path in paths.Where(path => !path.Ended))
            {
                using SoftIteration iteration = new(path.Bracket, path.Values) { Warm = path.Warm };
                path.Solved(Complete(iteration));
            }
        }

        return [.. paths.Select(path => path.Solutions)];
    }

    private bool GoesBySweeps(Bracket bracket) => BatchIteration.Takes(bracket.Problem) && IsPlainSweep(bracket);

    /// <summary>Sweeps paths of one kind together, until each has ended or needs another step than a sweep.</summary>
    private void Sweep(SoftPath[] paths)
    {
        using BatchIteration batch = new(paths, paths[0].Bracket.Execution.Threads);
        while (batch.BackUp(MaxIterations))
        {
            foreach (BatchIteration.Item item in batch.Ended) item.Path.Solved(item.Bracket.Finish(item.Next, NameOfSweeps(item.Bracket)));
            batch.TakeNext(GoesBySweeps);
        }
    }
}

/// <summary>Solving in one word.</summary>
public static class SoftProblemExtensions
{
    /// <summary>Solves the problem by <see cref="Auto"/>, to the default tolerance.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>A solution with a proved bracket, whatever the outcome.</returns>
    public static SoftSolution Solve(this SoftProblem problem) => new Auto().Solve(problem);

    /// <summary>Solves many problems of one kernel in one pass over it: see <see cref="SoftAlgorithm.SolveAll"/>.</summary>
    /// <param name="problems">The problems, all with the same <see cref="TransitionKernel"/>.</param>
    /// <param name="algorithm">The algorithm; null for <see cref="Auto"/>.</param>
    /// <param name="execution">Threads, cancellation, progress; null for one thread and none.</param>
    /// <returns>The solutions in the order of the problems.</returns>
    public static SoftSolution[] SolveAll(this IReadOnlyList<SoftProblem> problems, SoftAlgorithm? algorithm = null, Execution? execution = null) =>
        (algorithm ?? new Auto()).SolveAll(problems, execution);

    /// <summary>Solves the problem by the given algorithm.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="algorithm">The algorithm, with its options.</param>
    /// <param name="execution">Threads, cancellation, progress; null for one thread and none.</param>
    /// <returns>A solution with a proved bracket, whatever the outcome.</returns>
    public static SoftSolution Solve(this SoftProblem problem, SoftAlgorithm algorithm, Execution? execution = null) =>
        Require.NotNull(algorithm).Solve(problem, execution);
}
