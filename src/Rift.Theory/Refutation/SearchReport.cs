using Rift.Mdp;

namespace Rift.Theory;

/// <summary>What a search for a counterexample found, or how much it looked at.</summary>
public sealed record SearchReport
{
    /// <summary>The statement.</summary>
    public required Statement Statement { get; init; }

    /// <summary>The counterexample, shrunk, or null where none was found: which proves nothing.</summary>
    public Scenario? Counterexample { get; init; }

    /// <summary>The two sides on the counterexample, or null.</summary>
    public Identity? Violation { get; init; }

    /// <summary>Scenarios drawn.</summary>
    public int Drawn { get; init; }

    /// <summary>Scenarios that met the hypotheses and were checked.</summary>
    public int Checked { get; init; }

    /// <summary>The largest gap relative to the bound that rounding allows: at most 1 where the statement held throughout.</summary>
    public double WorstRatio { get; init; }

    /// <summary>The number of simplifications that led from the counterexample found to the one reported.</summary>
    public int Shrinks { get; init; }

    /// <summary>Whether the search was cut short.</summary>
    public bool Cancelled { get; init; }

    internal SearchReport With(ClimbResult climb) => this with
    {
        Drawn = Drawn + climb.Drawn,
        Checked = Checked + climb.Checked,
        WorstRatio = Math.Max(WorstRatio, climb.WorstRatio),
    };
}

/// <summary>What one climb saw.</summary>
internal sealed class ClimbResult
{
    internal int Drawn { get; set; }

    internal int Checked { get; set; }

    internal double WorstRatio { get; set; }

    internal ScenarioDraft? BestDraft { get; set; }

    internal Identity? Best { get; set; }
}
