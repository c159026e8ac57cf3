using System.CommandLine;
using System.Globalization;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;

namespace Rift.Cli;

/// <summary><c>rift solve</c>: the soft Bellman fixed point of a model, its policy, its visitation, and the certificate.</summary>
internal static class SolveCommand
{
    internal static Command Create(Terminal terminal)
    {
        SolveOptions problem = new();
        Option<int?> horizon = Options.WholeNumber("--horizon", "H", "Solve the problem of H decisions instead, by backward induction.", 1);
        Option<string?> method = Method.Option();
        Option<string?> plot = new("--plot") { Description = "Draw the values (and the map of a grid world) to a .png or .svg file.", HelpName = "FILE" };
        Option<string?> file = Options.Out("Write the solution (rift-solution-1) to this file.");
        Option<string?> certificate = new("--certificate") { Description = "Write bounds of V (rift-certificate-1) that rift certify and tools/check_certificate.py can check.", HelpName = "FILE" };
        Option<bool> json = Options.Json();
        Option<string?> format = TableStyle.Option();
        Command command = problem.AddTo(new Command("solve", "Solve a model: values, policy, visitation, and a proved bracket of the values."), horizon, method, plot, file, certificate, json, format);
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format, json);
            SolveRequest request = problem.RequestOf(parsed) with { Horizon = parsed.GetValue(horizon), Method = parsed.GetValue(method) };
            string? outPath = parsed.GetValue(file), plotPath = parsed.GetValue(plot), certificatePath = parsed.GetValue(certificate);
            if (outPath is not null) OutputFile.Require(outPath);
            if (plotPath is not null) RequirePlot(plotPath, request);
            if (certificatePath is not null) RequireCertificate(certificatePath, request);
            SolveReport report = request.Solve(terminal);
            ValueEnclosure? enclosure = certificatePath is null ? null : ValueEnclosure.Of(report.Stationary!, report.Policy);
            if (outPath is not null) AtomicFile.WriteJson(outPath, document => SolutionJson.Write(document, report));
            if (plotPath is not null) SolutionFigure.Of(report.Stationary!).Save(plotPath);
            if (enclosure is not null) CertificateFile.Write(enclosure, certificatePath!);
            if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, document => SolutionJson.Write(document, report));
            else SolutionText.Write(style.Writer(terminal.Output, request.Model, request.Prior), report);
            return Ended(report, request, terminal);
        });
        return command;
    }

    /// <summary>Tells how close a solution came where that is not what was asked for, and returns the exit code.</summary>
    internal static int Ended(SolveReport report, SolveRequest request, Terminal terminal)
    {
        if (report.Outcome != Outcome.Converged && !request.Quiet)
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"rift: {SolutionJson.Name(report.Outcome)}: every V is within {report.HalfWidth:G3}"));
        return report.Outcome switch
        {
            Outcome.Converged => ExitCode.Done,
            Outcome.Cancelled => ExitCode.Cancelled,
            _ => ExitCode.Failed,
        };
    }

    private static void RequirePlot(string path, SolveRequest request)
    {
        if (request.Horizon is not null) throw new InputException("--plot: found a horizon, which has a policy for each step; expected one of the two");
        if (Path.GetExtension(path).ToUpperInvariant() is not (".PNG" or ".SVG")) throw new InputException($"--plot: found '{path}', expected a name that ends in .png or .svg");
        OutputFile.Require(path);
    }

    private static void RequireCertificate(string path, SolveRequest request)
    {
        if (request.Horizon is not null) throw new InputException("--certificate: found a horizon, whose values are no fixed point; expected one of the two");
        OutputFile.Require(path);
    }
}
