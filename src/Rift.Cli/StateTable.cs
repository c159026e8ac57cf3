using Rift.Mdp;

namespace Rift.Cli;

/// <summary>What is known of the states: for people the value and the likeliest actions of some, for programs every number of all.</summary>
internal static class StateTable
{
    private const int LabelWidth = 32, MostBars = 16;

    private const double LeastBar = 0.005, Slack = 1e-9;

    private const string Heights = "·▁▂▃▄▅▆▇█";

    /// <summary>The values and the policy, state by state, as <c>rift solve</c> prints them.</summary>
    internal static Table OfSolution(SolveReport report)
    {
        const int Shown = 10, ShownActions = 6;
        MarkovDecisionProcess mdp = report.Problem.Mdp;
        return Of(
            report,
            [.. Enumerable.Range(0, Math.Min(Shown, mdp.States))],
            [Column.Words("V") with { Width = 16, Readers = Readers.People }, Column.Words("policy") with { Readers = Readers.People }],
            s => [Cell.In("G10", report.Values[s]), ActionsOf(report, s, ShownActions)]) with
        {
            Remarks = mdp.States > Shown ? [Line($"... and {mdp.States - Shown} more: --json or --out has all")] : [],
        };
    }

    /// <summary>As <c>rift show</c> prints them: with the share of visits and a bar for each action's probability, the most visited states where there are too many for all.</summary>
    internal static Table OfPicture(SolveReport report)
    {
        const int Shown = 20, ShownActions = 1;
        MarkovDecisionProcess mdp = report.Problem.Mdp;
        int[] states = [.. Enumerable.Range(0, mdp.States).Where(s => !mdp.IsTerminal(s))];
        int left = states.Length - Shown;
        return Of(
            report,
            left > 0 ? [.. states.OrderByDescending(s => report.StateVisitation[s]).Take(Shown)] : states,
            [Column.Numbers("V", 12) with { Readers = Readers.People }, Column.Numbers("visits", 10) with { Readers = Readers.People }, Column.Words("policy") with { Readers = HasBars(mdp) ? Readers.Terminal : Readers.None }, Column.Words("likeliest") with { Readers = Readers.People }],
            s => [Cell.In("G6", report.Values[s]), Cell.In("0.0000", report.StateVisitation[s]), Bars(report, s), ActionsOf(report, s, ShownActions)]) with
        {
            Remarks = left > 0 ? [Line($"... and {left} more, visited less: --format csv has all")] : [],
        };
    }

    private static Table Of(SolveReport report, int[] statesForPeople, Column[] forPeople, Func<int, Cell[]> cellsForPeople)
    {
        MarkovDecisionProcess mdp = report.Problem.Mdp;
        bool hasNames = mdp.Description.ActionLabels is { } names && names.Distinct().Count() == names.Count;
        static Column Data(string heading) => Column.Numbers(heading) with { Readers = Readers.Programs };
        Column[] forPrograms = [Data("state"), Data("label"), Data("V"), Data("lower"), Data("upper"), Data("visitation"), .. Enumerable.Range(0, mdp.Actions).Select(a => Data($"pi({(hasNames ? NameOf(mdp, a) : Line($"{a}"))})"))];
        return new Table(
            [Column.Words("state") with { Width = 5, Readers = Readers.People }, .. forPeople, .. forPrograms],
            Enumerable.Range(0, mdp.States).Select(Row))
        {
            RowsForPeople = statesForPeople.Select(Row),
        };

        Cell[] Row(int s) =>
        [
            Label(mdp, s), .. cellsForPeople(s),
            Cell.Of(s), mdp.Description.StateLabels?[s] ?? "", Number(report.Values[s]), Number(report.Lower[s]), Number(report.Upper[s]), Number(report.StateVisitation[s]),
            .. Enumerable.Range(0, mdp.Actions).Select(a => mdp.IsAvailable(s, a) ? Number(report.Policy.Probability(s, a)) : Cell.None),
        ];

        static Cell Number(double number) => Cell.In("R", number);
    }

    private static string Label(MarkovDecisionProcess mdp, int state)
    {
        string label = Line($"{state}") + (mdp.Description.StateLabels is IReadOnlyList<string> labels ? $" {labels[state]}" : "");
        return label.Length <= LabelWidth ? label : $"{label[..(LabelWidth - 3)]}...";
    }

    private static string NameOf(MarkovDecisionProcess mdp, int action) => mdp.Description.ActionLabels?[action] ?? Line($"{action}");

    /// <summary>What the bars of the picture stand for, in their order; nothing where there are too many actions for bars.</summary>
    internal static string? BarsMeaning(MarkovDecisionProcess mdp) =>
        HasBars(mdp) ? $"policy: a bar for each action, {string.Join(", ", Enumerable.Range(0, mdp.Actions).Select(a => NameOf(mdp, a)))}; a dot below 0.5 %" : null;

    private static bool HasBars(MarkovDecisionProcess mdp) => mdp.Actions <= MostBars;

    private static string ActionsOf(SolveReport report, int state, int shown)
    {
        Policy policy = report.Policy;
        int[] actions = [.. Enumerable.Range(0, policy.LogProbabilities.Actions).Where(a => policy.LogProbability(state, a) > double.NegativeInfinity).OrderByDescending(a => policy.LogProbability(state, a))];
        IEnumerable<string> words = actions.Take(shown).Select(a => Line($"{NameOf(report.Problem.Mdp, a)}: {policy.Probability(state, a):G3}"));
        return string.Join("  ", words) + (shown > 1 && actions.Length > shown ? "  ..." : "");
    }

    // Eight heights, an eighth each; a share that is an eighth but for rounding has the lower one.
    private static string Bars(SolveReport report, int state) => string.Concat(Enumerable.Range(0, report.Q.Actions).Select(a =>
        Heights[report.Policy.Probability(state, a) is >= LeastBar and double p ? (int)Math.Ceiling((p - Slack) * (Heights.Length - 1)) : 0]));

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
