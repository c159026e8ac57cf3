using System.Globalization;
using Rift.Learning;
using Rift.Models;

namespace Rift.Cli;

/// <summary>What <c>rift fit</c> found.</summary>
internal sealed record FitReport
{
    /// <summary>What was fitted.</summary>
    public required string Title { get; init; }

    /// <summary>What was asked for.</summary>
    public required FitRequest Request { get; init; }

    /// <summary>The fit.</summary>
    public required RewardEstimate Estimate { get; init; }

    /// <summary>What the paper has for it, or null.</summary>
    public PublishedEstimates? Published { get; init; }

    /// <summary>The counts of the bus engines, or null for another model.</summary>
    public BusEngineCounts? BusEngines { get; init; }

    /// <summary>The bootstrap, or null.</summary>
    public BootstrapResult? Bootstrap { get; init; }

    /// <summary>What would be done otherwise, or null.</summary>
    public Counterfactual? Counterfactual { get; init; }

    /// <summary>What the fit could not do, one line each; none where all is well.</summary>
    internal IEnumerable<string> Complaints
    {
        get
        {
            if (Estimate.Outcome == FitOutcome.Separated) yield return $"separation: the likelihood rises for ever as {string.Join(" and ", Estimate.Diverging)} {(Estimate.Diverging.Count == 1 ? "goes" : "go")} to infinity, for no decision contradicts it; more data, fewer features or --ridge would help";
            if (Estimate.Outcome is FitOutcome.NotConverged or FitOutcome.Cancelled)
                yield return string.Create(CultureInfo.InvariantCulture, $"not converged after {Estimate.Steps} steps: the maximum is about {Estimate.Decrement:G2} standard errors away");
            if (Estimate.Fit.Ridge > 0) yield break;
            foreach (string line in Estimate.Identification.Lines) yield return $"not identified: {line}";
        }
    }

    /// <summary>The published parameter of a name, or null.</summary>
    internal PublishedEstimate? PublishedOf(string name) => Published?.Parameters.FirstOrDefault(parameter => parameter.Name == name);
}
