using System.Globalization;

namespace Rift.Mdp;

/// <summary>What people call a model and how they draw it; no solver reads it.</summary>
public sealed record ModelDescription
{
    /// <summary>A description that says nothing.</summary>
    public static ModelDescription None { get; } = new();

    /// <summary>The model's name.</summary>
    public string? Name { get; init; }

    /// <summary>A name for each of the S states, or null.</summary>
    public IReadOnlyList<string>? StateLabels { get; init; }

    /// <summary>A name for each of the A actions, or null.</summary>
    public IReadOnlyList<string>? ActionLabels { get; init; }

    /// <summary>Where the states lie on a map, or null.</summary>
    public GridGeometry? Grid { get; init; }

    /// <summary>The number of steps after which success, intervention and return are evaluated, or null. Not the horizon of a finite-horizon problem.</summary>
    public int? EvaluationHorizon { get; init; }

    /// <summary>
    /// Where an episode ends well: the probability, S x A, that the action ends the episode in success. What it ends in otherwise is failure. Null where nothing says what success is.
    /// </summary>
    public StateActionTable? Success { get; init; }

    /// <summary>
    /// The group of each of the S states, numbered from 0, or null: a learner that aggregates states takes those of one group for the same. Only what is learned from samples looks at it.
    /// </summary>
    public IReadOnlyList<int>? Aggregation { get; init; }

    /// <summary>Free text: source, version, history.</summary>
    public string? Notes { get; init; }

    internal void RequireFits(int states, int actions)
    {
        if (StateLabels is not null) Require.Length(StateLabels.Count, states, nameof(StateLabels));
        if (ActionLabels is not null) Require.Length(ActionLabels.Count, actions, nameof(ActionLabels));
        if (Grid is not null) Require.Length(Grid.CellOfState.Count, states, nameof(Grid));
        if (Aggregation is not null) Require.Length(Aggregation.Count, states, nameof(Aggregation));
        for (int s = 0; s < Aggregation?.Count; s++) Require.Index(Aggregation[s], states, nameof(Aggregation));
        if (EvaluationHorizon is int horizon) Require.Positive(horizon, nameof(EvaluationHorizon));
        if (Success is null) return;
        Require.Shape(Success, states, actions, nameof(Success));
        for (int s = 0; s < states; s++)
            for (int a = 0; a < actions; a++) RowSum.RequireProbability(Success[s, a], s, a);
    }
}

/// <summary>The map of a grid world: rows of characters, and the cell of each state.</summary>
public sealed record GridGeometry
{
    /// <summary>A map.</summary>
    /// <param name="map">Rows of equal length, the northernmost first.</param>
    /// <param name="cellOfState">For each state its cell <c>row * columns + column</c>, or -1 for a state that is nowhere on the map.</param>
    /// <exception cref="ArgumentException">Rows differ in length, or a cell is outside the map.</exception>
    public GridGeometry(IReadOnlyList<string> map, IReadOnlyList<int> cellOfState)
    {
        Map = Require.NotNull(map);
        CellOfState = Require.NotNull(cellOfState);
        Require.Positive(map.Count, nameof(map));
        Columns = Require.Positive(map[0].Length, nameof(map));
        foreach (string row in map) Require.Length(row.Length, Columns, nameof(map));
        foreach (int cell in cellOfState)
            if (cell < -1 || cell >= Rows * Columns)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found cell {cell}, expected -1 to {(Rows * Columns) - 1}"), nameof(cellOfState));
    }

    /// <summary>The rows of the map, the northernmost first.</summary>
    public IReadOnlyList<string> Map { get; }

    /// <summary>For each state its cell <c>row * Columns + column</c>, or -1.</summary>
    public IReadOnlyList<int> CellOfState { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Map.Count;

    /// <summary>Number of columns.</summary>
    public int Columns { get; }
}
