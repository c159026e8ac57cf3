using Rift.Mdp;

namespace Rift.Theory;

/// <summary>How far a search has come.</summary>
/// <param name="Done">Scenarios drawn.</param>
/// <param name="Total">Scenarios that will be drawn if none is a counterexample.</param>
public readonly record struct SearchProgress(int Done, int Total);

/// <summary>Looks for a scenario on which a statement fails, and makes it as small as it can.</summary>
/// <remarks>
/// <para>Many short climbs, an equal number for each size from one state and two actions to four states and three actions, the smallest first. Each starts at a random
/// scenario that meets the hypotheses, and takes random steps, keeping those after which the statement is missed by more. A counterexample counts where the gap exceeds <see cref="Certainty"/> times the bound that rounding allows and
/// <see cref="Visible"/> times the larger side. The first one found, in the order of the climbs, is shrunk: states, actions, successors, then digits, as long as it counts.</para>
/// <para>What is found depends on the seed and not on the number of threads. Finding nothing is no proof.</para>
/// </remarks>
public sealed record CounterexampleSearch
{
    private const int Block = 64;

    private static readonly (int States, int Actions)[] _sizes = [.. from states in Enumerable.Range(1, 4) from actions in Enumerable.Range(2, 2) select (states, actions)];

    /// <summary>The most scenarios to draw, at least 1. Default: 100,000.</summary>
    public int Cases { get; init => field = Positive(value, nameof(Cases)); } = 100_000;

    /// <summary>Scenarios in one climb, the random start included, at least 1. Default: 32.</summary>
    public int Climb { get; init => field = Positive(value, nameof(Climb)); } = 32;

    /// <summary>The seed; each climb has a stream of its own.</summary>
    public long Seed { get; init; }

    /// <summary>Number of threads, at least 1; the result does not depend on it. Default: 1.</summary>
    public int Threads { get; init => field = Positive(value, nameof(Threads)); } = 1;

    /// <summary>How often the gap of a counterexample exceeds its bound. Default: 1000.</summary>
    public double Certainty { get; init; } = 1000;

    /// <summary>The gap of a counterexample, relative to the larger side: it can be seen in the printed numbers. Default: 0.01.</summary>
    public double Visible { get; init; } = 0.01;

    /// <summary>Searches.</summary>
    /// <param name="statement">The statement to refute.</param>
    /// <param name="progress">Is told after each climb.</param>
    /// <param name="cancellation">Ends the search early; while shrinking, with the smallest counterexample so far.</param>
    /// <returns>What was found, or how much was searched in vain.</returns>
    public SearchReport Run(Statement statement, IProgress<SearchProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        int climbs = ((Cases - 1) / Climb) + 1;
        SearchReport report = new() { Statement = statement };
        int done = 0;
        for (int start = 0; start < climbs && !cancellation.IsCancellationRequested; start += Block)
        {
            ClimbResult?[] block = new ClimbResult?[Math.Min(Block, climbs - start)];
            Parallel.For(0, block.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads }, i =>
            {
                if (cancellation.IsCancellationRequested) return;
                int cases = Math.Min(Climb, Cases - ((start + i) * Climb));
                block[i] = Climbed(statement, _sizes[(int)((long)(start + i) * _sizes.Length / climbs)], SplittableRandom.Stream(Seed, start + i), cases);
                progress?.Report(new SearchProgress(Interlocked.Add(ref done, cases), Cases));
            });
            foreach (ClimbResult climb in block.OfType<ClimbResult>())
            {
                report = report.With(climb);
                if (climb.Best is Identity found && Counts(found)) return Shrunk(report, climb.BestDraft!, found, cancellation);
            }
        }

        return report with { Cancelled = cancellation.IsCancellationRequested };
    }

    /// <summary>Draws, and improves what was drawn. Ends at the first counterexample.</summary>
    private ClimbResult Climbed(Statement statement, (int States, int Actions) size, SplittableRandom random, int cases)
    {
        ClimbResult result = new();
        for (int i = 0; i < cases; i++)
        {
            ScenarioDraft draft = result.BestDraft is null ? RandomDraft.Draw(size.States, size.Actions, random) : RandomDraft.Step(result.BestDraft, random);
            result.Drawn++;
            if (!draft.IsValid || Check(statement, draft) is not Identity identity) continue;
            result.Checked++;
            result.WorstRatio = double.IsNaN(identity.Ratio) ? double.PositiveInfinity : Math.Max(result.WorstRatio, identity.Ratio);
            if (result.Best is Identity best && !(Merit(identity) > Merit(best))) continue;
            (result.BestDraft, result.Best) = (draft, identity);
            if (Counts(identity)) break;
        }

        return result;
    }

    /// <summary>Takes every simplification that leaves a counterexample, round after round, until a whole round finds none.</summary>
    private SearchReport Shrunk(SearchReport report, ScenarioDraft draft, Identity violation, CancellationToken cancellation)
    {
        Statement statement = report.Statement;
        int steps = 0, before = -1;
        while (steps > before)
        {
            before = steps;
            for (int position = 0; Next(position) is (int index, ScenarioDraft simpler, Identity still); position = index)
                (draft, violation, steps) = (simpler, still, steps + 1);
        }

        return report with { Counterexample = draft.ToScenario(statement.Id), Violation = violation, Shrinks = steps, Cancelled = cancellation.IsCancellationRequested };

        (int Index, ScenarioDraft Simpler, Identity Still)? Next(int position)
        {
            foreach ((int index, ScenarioDraft candidate) in SimplerDraft.Of(draft).Index().Skip(position))
            {
                if (cancellation.IsCancellationRequested) return null;
                if (candidate.Size.CompareTo(draft.Size) < 0 && candidate.IsValid && Check(statement, candidate) is Identity identity && Counts(identity))
                    return (index, candidate, identity);
            }

            return null;
        }
    }

    /// <summary>Null where the hypotheses are not met. The directions and competitors that the statement draws are always the same.</summary>
    private Identity? Check(Statement statement, ScenarioDraft draft)
    {
        SolvedScenario solved = new(draft.ToScenario(statement.Id));
        return statement.Applies(solved) ? statement.Check(solved, new SplittableRandom(Seed)) : null;
    }

    /// <summary>What a climb climbs: the excess relative to the size of the sides, so that large rewards do not count for large errors.</summary>
    private static double Merit(Identity identity) => identity.Excess / Math.Max(Scale(identity), double.Epsilon);

    private bool Counts(Identity identity) => identity.Gap > Certainty * identity.Bound && identity.Gap > Visible * Scale(identity);

    private static double Scale(Identity identity) => identity.Left.Concat(identity.Right).Max(Math.Abs);

    private static int Positive(int value, string name) => value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "found a number below 1, expected at least 1");
}
