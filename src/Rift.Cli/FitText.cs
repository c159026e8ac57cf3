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

    internal static void Write(TextWriter output, FitReport report)
    {
        RewardEstimate fit = report.Estimate;
        output.WriteLine($"model           {report.Title}");
        output.WriteLine(FormattableString.Invariant($"                {fit.Process.States} states, {fit.Process.Actions} actions, discount {fit.Process.Discount}, temperature {fit.Fit.Temperature}"));
        output.WriteLine(fit.Data.IsPopulation
            ? "data            a policy, as if watched for ever"
            : FormattableString.Invariant($"data            {fit.Data.Total} decisions{(fit.Data.Trajectories.Count > 0 ? $" of {fit.Data.Trajectories.Count} demonstrations" : "")}, {(fit.Identification.UnvisitedStates == 0 ? "some in every state with a choice" : $"none in {fit.Identification.UnvisitedStates} of the states with a choice")}"));
        if (fit.Fit.Ridge > 0) output.WriteLine(FormattableString.Invariant($"penalty         {fit.Fit.Ridge}/2 times the sum of the squared parameters of the reward"));
        output.WriteLine(fit.Outcome == FitOutcome.Separated
            ? FormattableString.Invariant($"fit             separated after {fit.Steps} steps: there is no maximum, and the estimates are on their way to infinity")
            : FormattableString.Invariant($"fit             {Outcome(fit.Outcome)} in {fit.Steps} steps, the maximum {fit.Decrement:0.0e+00} standard errors away; {(fit.IsGlobal ? "the only maximum" : "other maxima are not ruled out")}"));
        output.WriteLine();
        Table(output, report);
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"log-likelihood  {fit.LogLikelihood:0.000}, error at most {fit.LogLikelihoodOfChoices.ErrorBound:0.0e+00}") + (report.Published is { } paper ? FormattableString.Invariant($"; published {paper.LogLikelihood:0.000}") : ""));
        if (fit.Process.Outcomes.Count > 0) output.WriteLine(FormattableString.Invariant($"                {fit.LogLikelihoodOfChoices.Value:0.000} of the decisions, {fit.LogLikelihoodOfTransitions:0.000} of the transitions"));
        if (!fit.Data.IsPopulation && fit.Fit.Ridge == 0)
        {
            HypothesisTest test = fit.AgainstNoReward();
            output.WriteLine(FormattableString.Invariant($"no reward       likelihood ratio {test.Statistic:0.000}, chi-squared with {test.DegreesOfFreedom} degrees of freedom: p {(test.PValue < Least ? "" : "= ")}{Probability(test.PValue)}"));
        }

        if (report.Bootstrap is { } bootstrap)
            output.WriteLine(FormattableString.Invariant($"bootstrap       {bootstrap.Points.Count} samples fitted{(bootstrap.Failures > 0 ? $", {bootstrap.Failures} without a maximum" : "")}, seed {report.Request.Seed}"));
        if (report.Counterfactual is { } other) Changed(output, report, other);
    }

    private static void Table(TextWriter output, FitReport report)
    {
        RewardEstimate fit = report.Estimate;
        int nameWidth = Math.Max(16, fit.Process.Names.Max(name => name.Length) + 2);
        List<string> columns = ["estimate", "std. error", "(Hessian)", "z", "p"];
        if (report.Bootstrap is not null) columns.AddRange(["(bootstrap)", "from", "to"]);
        if (report.Published is not null) columns.AddRange(["published", "std. error"]);
        output.WriteLine("parameter".PadRight(nameWidth) + string.Concat(columns.Select(column => column.PadLeft(NumberWidth))));
        for (int k = 0; k < fit.Parameters.Count; k++)
        {
            ParameterEstimate parameter = fit.Parameters[k];
            int decimals = Decimals(parameter.StandardError);
            List<string> cells =
            [
                Number(parameter.Estimate, decimals), Number(parameter.StandardError, decimals), Number(parameter.HessianStandardError, decimals),
                Number(parameter.Z, 2), Probability(parameter.IsZero.PValue),
            ];
            if (report.Bootstrap is { } bootstrap)
            {
                (double lower, double upper) = bootstrap.Interval(k);
                cells.AddRange([Number(bootstrap.StandardError(k), decimals), Number(lower, decimals), Number(upper, decimals)]);
            }

            if (report.PublishedOf(parameter.Name) is { } paper) cells.AddRange([FormattableString.Invariant($"{paper.Estimate:0.0000}"), FormattableString.Invariant($"{paper.StandardError:0.000#}")]);
            output.WriteLine(parameter.Name.PadRight(nameWidth) + string.Concat(cells.Select(cell => cell.PadLeft(NumberWidth))));
        }
    }

    private static void Changed(TextWriter output, FitReport report, Counterfactual other)
    {
        output.WriteLine();
        output.WriteLine($"if {string.Join(", ", report.Request.Changes)}");
        output.WriteLine("discounted share of steps".PadRight(28) + "now".PadLeft(NumberWidth) + "then".PadLeft(NumberWidth));
        IReadOnlyList<string>? labels = report.Estimate.Process.Description.ActionLabels;
        double error = 0;
        for (int a = 0; a < report.Estimate.Process.Actions; a++)
        {
            (CertifiedNumber before, CertifiedNumber after) = other.Rate(a);
            error = Math.Max(error, Math.Max(before.ErrorBound, after.ErrorBound));
            output.WriteLine((labels?[a] ?? FormattableString.Invariant($"action {a}")).PadRight(28) + Number(before.Value, 6).PadLeft(NumberWidth) + Number(after.Value, 6).PadLeft(NumberWidth));
        }

        output.WriteLine(FormattableString.Invariant($"error at most {error:0.0e+00} for the estimated reward; the occupancies are {other.Distance:0.000000} apart, from 0 to 1"));
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

    private static string Number(double number, int decimals) => double.IsNaN(number) ? "-" : double.IsInfinity(number) ? "infinite" : (Math.Round(number, decimals) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture);

    private static string Probability(double p) => double.IsNaN(p) ? "-" : p < Least ? "< 1e-99" : p < 1e-3 ? FormattableString.Invariant($"{p:0.0e+00}") : FormattableString.Invariant($"{p:0.000}");
}
