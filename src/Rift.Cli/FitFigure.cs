using System.Globalization;
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;

namespace Rift.Cli;

/// <summary>The picture of a fit: the probability of each action over the states, its 95 % band, and what was observed.</summary>
internal static class FitFigure
{
    // Bins of the bus engines whose data are shown together: 25,000 miles.
    private const int BinsTogether = 5;

    private const int MostActions = 6;

    internal static Figure Of(FitReport report)
    {
        RewardEstimate fit = report.Estimate;
        string subtitle = string.Join(", ", fit.Parameters.Take(3).Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} = {parameter.Estimate:G4}{Error(parameter.StandardError)}")))
            + (fit.Parameters.Count > 3 ? ", ..." : "") + string.Create(CultureInfo.InvariantCulture, $"; discount {fit.Process.Discount}; 95 % bands");
        if (report.BusEngines is not null)
        {
            const double thousands = BusEngineCounts.BinWidth / 1000.0;
            return ChoiceFigure.Of($"Probability of a replacement: {report.Title}", subtitle, "thousand miles since the last replacement", [Series(fit, 1, s => thousands * (s + 0.5), BinsTogether)]);
        }

        int[] actions = fit.Process.Actions == 2 ? [1] : [.. Enumerable.Range(0, fit.Process.Actions).OrderByDescending(a => Enumerable.Range(0, fit.Process.States).Sum(s => fit.Data.Counts[s, a])).Take(MostActions).Order()];
        return ChoiceFigure.Of($"Fitted choices: {report.Title}", subtitle, actions.Length == 1 ? $"state ({Label(fit, 1)} against {Label(fit, 0)})" : "state", [.. actions.Select(a => Series(fit, a, s => s, 1))]);
    }

    private static ChoiceSeries Series(RewardEstimate fit, int action, Func<double, double> place, int together)
    {
        StateActionTable counts = fit.Data.Counts;
        List<FittedChoice> fitted = [];
        List<ObservedChoice> observed = [];
        for (int s = 0; s < fit.Process.States; s++)
        {
            // Where there is nothing to choose there is nothing to show.
            if (!fit.Process.Kernel.IsAvailable(s, action) || Enumerable.Range(0, fit.Process.Actions).Count(a => fit.Process.Kernel.IsAvailable(s, a)) == 1) continue;
            ProbabilityBand band = fit.Probability(s, action);
            fitted.Add(new FittedChoice(place(s), band.Probability, band.Lower, band.Upper));
        }

        for (int first = 0; first < fit.Process.States; first += together)
        {
            int[] states = [.. Enumerable.Range(first, Math.Min(together, fit.Process.States - first))];
            double all = states.Sum(s => counts.Row(s).ToArray().Sum());
            if (all > 0) observed.Add(new ObservedChoice(place(states.Average()), states.Sum(s => counts[s, action]) / all, all));
        }

        return new ChoiceSeries(Label(fit, action), fitted, observed);
    }

    private static string Label(RewardEstimate fit, int action) => fit.Process.Description.ActionLabels?[action] ?? string.Create(CultureInfo.InvariantCulture, $"action {action}");

    private static string Error(double error) => double.IsFinite(error) ? string.Create(CultureInfo.InvariantCulture, $" ({error:G3})") : "";
}
