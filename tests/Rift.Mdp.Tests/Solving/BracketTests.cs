namespace Rift.Mdp.Tests;

/// <summary>The bracket by itself: it is told the changes of V, and V is no more than a size that it may look up.</summary>
public class BracketTests
{
    // gamma = 3/4: a change that goes on for ever adds up to three times itself. Two states; rows exceed one by half of what they may.
    private const double Reach = 3;

    private static readonly SoftProblem _problem = Problem();

    [TestCase(5, 7, 19, Description = "T V, and what its changes of at most 4 still add up to")]
    [TestCase(40, 7, 40, Description = "V itself, where it is larger")]
    public void The_half_width_is_half_the_span_of_the_changes_added_up_and_the_rounding_at_the_largest_size(double value, double next, double size)
    {
        Bracket bracket = Of(1e-3);
        bracket.Products = 11;
        Assert.That(bracket.Judge(-1, 4, maxIterations: 1, new Held(value, next)), Is.True);
        SoftSolution solution = bracket.Finish([1, 2], "told");
        Certificate certificate = solution.Certificate;
        double halfWidth = 7.5 + RoundingAt(size);
        Assert.Multiple(() =>
        {
            Assert.That(bracket.Span, Is.EqualTo(7.5));
            Assert.That(certificate.Rounding, Is.EqualTo(RoundingAt(size)).Within(1e-10).Percent);
            Assert.That(certificate.HalfWidth, Is.EqualTo(halfWidth));
            Assert.That(certificate.QRadius, Is.EqualTo(QRadius(halfWidth, size)).Within(1e-10).Percent);
            Assert.That(certificate.Target, Is.EqualTo(1e-3));
            Assert.That(solution.Values.ToArray(), Is.EqualTo(new[] { 5.5, 6.5 }), "in the middle, three times the mean change further");
            Assert.That(solution.Outcome, Is.EqualTo(Outcome.ToleranceNotReached));
            Assert.That((solution.Algorithm, solution.Products), Is.EqualTo(("told", 11)));
        });
    }

    [Test]
    public void Where_nothing_changes_the_rounding_of_a_backup_is_all_that_Q_misses()
    {
        Bracket bracket = Of(1e-3);
        bracket.Judge(0, 0, maxIterations: 1, new Held(1, 1));
        Assert.That(bracket.Finish([1, 1], "").Certificate.QRadius, Is.EqualTo(QRadius(RoundingAt(1), 1)).Within(1e-10).Percent);
    }

    [Test]
    public void A_change_down_counts_like_one_up() => Assert.That(TargetAfter(-3, 1), Is.EqualTo(TargetAfter(-1, 3)).And.EqualTo(1e-10 * (5 + 3 + 9)).Within(1e-10).Percent);

    [Test]
    public void Between_looks_the_largest_value_grows_by_the_changes_and_every_32nd_backup_looks_again()
    {
        Held held = new(5, 5);
        Bracket bracket = Of(Tolerance.Default);
        List<double> sizes = [];
        for (int i = 0; i < 40; i++)
        {
            Assert.That(bracket.Judge(-1, 1, maxIterations: 1000, held), Is.False);
            bracket.Moved(toNext: true);
            sizes.Add(bracket.Target / 1e-10);
        }

        double[] expected = [.. Enumerable.Range(1, 31).Select(k => 5 + k + Reach), .. Enumerable.Range(1, 9).Select(k => 5 + k + Reach)];
        Assert.That(sizes, Is.EqualTo(expected).Within(1e-10).Percent);
        Assert.That(held.Looks, Is.EqualTo(2));
        bracket.Moved(toNext: false);
        bracket.Judge(-1, 1, maxIterations: 1000, held);
        Assert.That(held.Looks, Is.EqualTo(3), "V is something else");
    }

    [Test]
    public void Far_from_rounding_it_waits_a_hundred_backups_and_one_a_state_for_a_narrower_bracket_and_a_hundred_close_to_it()
    {
        double close = 1000 * RoundingAt(1) / Reach;
        Assert.That(BackupsUntilTheEnd(Of(1e-300), _ => 1), Is.EqualTo(103));
        Assert.That(BackupsUntilTheEnd(Of(1e-300), k => k < 50 ? 2 : 1), Is.EqualTo(49 + 103), "a narrower one starts the count anew");
        Assert.That(BackupsUntilTheEnd(Of(1e-300), k => k == 50 ? 2 : 1), Is.EqualTo(103), "a wider one does not");
        Assert.That(BackupsUntilTheEnd(Of(1e-300), _ => close), Is.EqualTo(101));
    }

    [Test]
    public void It_ends_where_the_target_is_reached_with_the_rounding_and_not_before()
    {
        Bracket bracket = Of(1e-3);
        double rounding = RoundingAt(1), change = 1e-3 / Reach;
        Assert.That(bracket.Judge(-change, change, 1000, new Held(1, 1)), Is.False, "no room for the rounding");
        Assert.That(bracket.Judge(-change + rounding, change - rounding, 1000, new Held(1, 1)), Is.True);
        Assert.That(bracket.Finish([0, 0], "").Outcome, Is.EqualTo(Outcome.Converged));
    }

    [Test]
    public void It_ends_where_rounding_leaves_nothing_to_gain_and_says_that_the_target_was_not_reached()
    {
        Bracket bracket = Of(1e-300);
        double change = RoundingAt(1) / Reach;
        Assert.That(bracket.Judge(-0.51 * change, 0.51 * change, 1000, new Held(1, 1)), Is.False);
        Assert.That(bracket.Judge(-0.49 * change, 0.49 * change, 1000, new Held(1, 1)), Is.True);
        Assert.That(bracket.Finish([0, 0], "").Outcome, Is.EqualTo(Outcome.ToleranceNotReached));
    }

    [TestCase(1.0, Outcome.Cancelled)]
    [TestCase(1e-5, Outcome.Converged)]
    public void Cancelled_it_ends_at_once_and_says_so_unless_the_target_is_reached(double change, Outcome outcome)
    {
        Bracket bracket = new(_problem, 1e-3, new Execution { Cancellation = new CancellationToken(canceled: true) });
        Assert.That(bracket.Judge(-change, change, 1000, new Held(1, 1)), Is.True);
        Assert.That(bracket.Finish([0, 0], "").Outcome, Is.EqualTo(outcome));
        Assert.That(bracket.Note(1, 1000), Is.True);
    }

    [Test]
    public void Values_without_end_have_not_converged_whatever_the_target()
    {
        Bracket bracket = Of(Tolerance.Default);
        Assert.That(bracket.Judge(0, 0, 1, new Held(double.PositiveInfinity, 1)), Is.True);
        Assert.That(bracket.Target, Is.EqualTo(double.PositiveInfinity));
        Assert.That(bracket.Finish([0, 0], "").Outcome, Is.EqualTo(Outcome.ToleranceNotReached));
    }

    [Test]
    public void Every_backup_and_every_sweep_of_another_kind_is_reported_and_the_sweeps_leave_one_backup_to_do()
    {
        Told told = new();
        Bracket bracket = new(_problem, 1e-3, new Execution { Progress = told });
        bracket.Judge(-1, 3, 4, new Held(1, 1));
        Assert.That(bracket.Note(2, 4), Is.False);
        Assert.That(bracket.Note(1, 4), Is.True);
        Assert.That(told.Reports, Is.EqualTo(new[] { new SolveProgress(1, 6, 1e-3), new SolveProgress(2, 6, 1e-3), new SolveProgress(3, 3, 1e-3) }));
        Assert.That(bracket.History, Is.EqualTo(new[] { 6.0, 6.0, 3.0 }));
    }

    [Test]
    public void A_change_suffices_where_three_times_it_leaves_a_tenth_of_the_target_or_where_rounding_leaves_nothing_else()
    {
        double rounding = RoundingAt(1 + 1 + 3), room = 0.9 * (1e-3 - rounding);
        Bracket wide = Of(1e-3), tight = Of(1e-300);
        wide.Judge(-1, 1, 1000, new Held(1, 1));
        tight.Judge(-1, 1, 1000, new Held(1, 1));
        Assert.Multiple(() =>
        {
            Assert.That(wide.Shortfall(Math.E * room / Reach), Is.EqualTo(1).Within(1e-12));
            Assert.That(tight.Shortfall(Math.E * rounding / Reach), Is.EqualTo(1).Within(1e-12));
            Assert.That(wide.Suffices(0.999 * room / Reach), Is.True);
            Assert.That(wide.Suffices(1.001 * room / Reach), Is.False);
        });
    }

    private static Bracket Of(Tolerance tolerance) => new(_problem, tolerance, Execution.Default);

    private static double TargetAfter(double least, double most)
    {
        Bracket bracket = Of(Tolerance.Default);
        bracket.Judge(least, most, 1000, new Held(5, 5));
        return bracket.Target;
    }

    private static int BackupsUntilTheEnd(Bracket bracket, Func<int, double> change)
    {
        int backups = 1;
        while (backups < 1000 && !bracket.Judge(-change(backups), change(backups), 10_000, new Held(1, 1))) backups++;
        return backups;
    }

    /// <summary>gamma times the half-width, rows that exceed one, and the rounding of an expectation.</summary>
    private static double QRadius(double halfWidth, double size) =>
        (0.75 * halfWidth) + (0.75 * _problem.Mdp.Kernel.RowSumError * (halfWidth + size)) + _problem.ExpectationRounding(size);

    /// <summary>A backup, three operations to join it, summed up over time; and four at the end.</summary>
    private static double RoundingAt(double size)
    {
        double rowError = _problem.Mdp.Kernel.RowSumError, perBackup = _problem.BackupRounding(size) + (3 * Rounding.Unit * size);
        return 1.01 * ((perBackup / (1 - (0.75 * (1 + rowError)))) + (4 * Rounding.Unit * size));
    }

    private static SoftProblem Problem()
    {
        const double Whole = 1 + 5e-13;
        TransitionKernelBuilder kernel = new(2, 2);
        kernel.Add(0, 0, 1, Whole);
        kernel.Add(0, 1, 0, Whole);
        kernel.Add(1, 0, 0, Whole / 2);
        kernel.Add(1, 0, 1, Whole / 2);
        return new SoftProblem(new MarkovDecisionProcess(kernel.Build(), new StateActionTable(2, 2, [1, 0, -1, 0]), [1, 0], 0.75), 0.5);
    }

    /// <summary>An iterate of the sizes given, which counts how often V is looked at.</summary>
    private sealed class Held(double value, double next) : IIterate
    {
        public int Looks { get; private set; }

        public double LargestValue
        {
            get
            {
                Looks++;
                return value;
            }
        }

        public double LargestNext => next;
    }

    private sealed class Told : IProgress<SolveProgress>
    {
        public List<SolveProgress> Reports { get; } = [];

        public void Report(SolveProgress value) => Reports.Add(value);
    }
}
