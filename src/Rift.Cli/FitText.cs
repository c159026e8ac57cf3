using System.Globalization;
using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A fit for people: the table of estimates, beside the published ones where there are any, and below it what else is to be known.</summary>
internal static class FitText
{
    private const int NumberWidth = 13;

    // Below, a probability is only told to be small.
    private const double Least = 1e-99;

    internal static void Write(TableWriter output, FitReport report)
    {
        RewardEstimate fit = report.Estimate;
        output.Line($"model           {report.Title}");
        output.Line(FormattableString.Invariant($"                {fit.Process.States} states, {fit.Process.Actions} actions, discount {fit.Process.Discount}, temperature {fit.Fit.Temperature}"));
        output.Line(fit.Data.IsPopulation
            ? "data            a policy, as if watched for ever"
            : FormattableString.Invariant($"data            {fit.Data.Total} decisions{(fit.Data.Trajectories.Count > 0 ? $" of {fit.Data.Trajectories.Count} demonstrations" : "")}, {(fit.Identification.UnvisitedStates == 0 ? "some in every state with a choice" : $"none in {fit.Identification.UnvisitedStates} of the states with a choice")}"));
        if (fit.Fit.Ridge > 0) output.Line(FormattableString.Invariant($"penalty         {fit.Fit.Ridge}/2 times the sum of the squared parameters of the reward"));
        output.Line(fit.Outcome == FitOutcome.Separated
            ? FormattableString.Invariant($"fit             separated after {fit.Steps} steps: there is no maximum, and the estimates are on their way to infinity")
            : FormattableString.Invariant($"fit             {Outcome(fit.Outcome)} in {fit.Steps} steps, the maximum {fit.Decrement:0.0e+00} standard errors away; {(fit.IsGlobal ? "the only maximum" : "other maxima are not ruled out")}"));
        output.Line();
        Table(output, report);
        output.Line();
        output.Line(FormattableString.Invariant($"log-likelihood  {fit.LogLikelihood:0.000}, error at most {fit.LogLikelihoodOfChoices.ErrorBound:0.0e+00}") + (report.Published is { } paper ? FormattableString.Invariant($"; published {paper.LogLikelihood:0.000}") : ""));
        if (fit.Process.Outcomes.Count > 0) output.Line(FormattableString.Invariant($"                {fit.LogLikelihoodOfChoices.Value:0.000} of the decisions, {fit.LogLikelihoodOfTransitions:0.000} of the transitions"));
        if (!fit.Data.IsPopulation && fit.Fit.Ridge == 0)
        {
            HypothesisTest test = fit.AgainstNoReward();
            output.Line(FormattableString.Invariant($"no reward       likelihood ratio {test.Statistic:0.000}, chi-squared with {test.DegreesOfFreedom} degrees of freedom: p {(test.PValue < Least ? "" : "= ")}{Probability(test.PValue)}"));
        }

        if (report.Bootstrap is { } bootstrap)
            output.Line(FormattableString.Invariant($"bootstrap       {bootstrap.Points.Count} samples fitted{(bootstrap.Failures > 0 ? $", {bootstrap.Failures} without a maximum" : "")}, seed {report.Request.Seed}"));
        if (report.Counterfactual is { } other) Changed(output, report, other);
    }

    private static void Table(TableWriter output, FitReport report)
    {
        RewardEstimate fit = report.Estimate;
        List<(string Heading, string Name)> columns = [("estimate", "estimate"), ("std. error", "std. error"), ("(Hessian)", "std. error (Hessian)"), ("z", "z"), ("p", "p")];
        if (report.Bootstrap is not null) columns.AddRange([("(bootstrap)", "std. error (bootstrap)"), ("from", "95 % from"), ("to", "95 % to")]);
        if (report.Published is not null) columns.AddRange([("published", "published"), ("std. error", "published std. error")]);
        output.Write(new Table(
            [Column.Words("parameter") with { Width = Math.Max(16, fit.Process.Names.Max(name => name.Length) + 2) }, .. columns.Select(column => Column.Numbers(column.Heading, NumberWidth) with { Name = column.Name })],
            fit.Parameters.Select((parameter, k) => Row(report, parameter, k))));
    }

    private static Cell[] Row(FitReport report, ParameterEstimate parameter, int k)
    {
        int decimals = Decimals(parameter.StandardError);
        List<Cell> cells =
        [
            parameter.Name, Number(parameter.Estimate, decimals), Number(parameter.StandardError, decimals), Number(parameter.HessianStandardError, decimals),
            Number(parameter.Z, 2), Cell.Of(parameter.IsZero.PValue, Probability(parameter.IsZero.PValue)),
        ];
        if (report.Bootstrap is { } bootstrap)
        {
            (double lower, double upper) = bootstrap.Interval(k);
            cells.AddRange([Number(bootstrap.StandardError(k), decimals), Number(lower, decimals), Number(upper, decimals)]);
        }

        if (report.PublishedOf(parameter.Name) is { } paper) cells.AddRange([Cell.In("0.0000", paper.Estimate), Cell.In("0.000#", paper.StandardError)]);
        else if (report.Published is not null) cells.AddRange([Cell.None, Cell.None]);
        return [.. cells];
    }

    private static void Changed(TableWriter output, FitReport report, Counterfactual other)
    {
        output.Line();
        output.Line($"if {string.Join(", ", report.Request.Changes)}");
        IReadOnlyList<string>? labels = report.Estimate.Process.Description.ActionLabels;
        (CertifiedNumber Now, CertifiedNumber Then)[] rates = [.. Enumerable.Range(0, report.Estimate.Process.Actions).Select(other.Rate)];
        output.Write(new Table(
            [Column.Words("discounted share of steps") with { Width = 28 }, Column.Numbers("now", NumberWidth), Column.Numbers("then", NumberWidth)],
            rates.Select((rate, a) => (Cell[])[labels?[a] ?? FormattableString.Invariant($"action {a}"), Number(rate.Now.Value, 6), Number(rate.Then.Value, 6)])));
        double error = rates.Max(rate => Math.Max(rate.Now.ErrorBound, rate.Then.ErrorBound)), radius = Math.Max(other.Before.Certificate.LogPolicyRadius, other.After.Certificate.LogPolicyRadius);
        output.Line(FormattableString.Invariant($"error at most {error:0.0e+00} for policies within {radius:0.0e+00} of the optimal ones in log pi; the occupancies are {other.Distance:0.000000} apart, from 0 to 1"));
    }

    internal static string Outcome(FitOutcome outcome) => outcome switch
    {
        FitOutcome.Converged => "converged",
        FitOutcome.Separated => "separated",
        FitOutcome.Cancelled => "cancelled",
        _ => "not-converged",
    };

    /// <summary>Four decimals, and more where the error is small.</summary>
    private static int Decimals(double error) => error > 0 && double.IsFinite(error) ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(error)), 4, 12) : 4;

    private static Cell Number(double number, int decimals) =>
        Cell.Of(number, double.IsNaN(number) ? "-" : double.IsInfinity(number) ? "infinite" : (Math.Round(number, decimals) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture));

    private static string Probability(double p) => double.IsNaN(p) ? "-" : p < Least ? "< 1e-99" : p < 1e-3 ? FormattableString.Invariant($"{p:0.0e+00}") : FormattableString.Invariant($"{p:0.000}");
}
