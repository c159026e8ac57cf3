using System.CommandLine;

namespace Rift.Cli;

/// <summary><c>rift show</c>: a world drawn in the terminal, with its optimal policy.</summary>
internal static class ShowCommand
{
    internal static Command Create(Terminal terminal)
    {
        SolveOptions problem = new("Default: the power of ten nearest to a thousandth of the largest |r|.");
        Option<string?> shade = new("--shade") { Description = "What the shade of a cell is: visitation (default), the share of discounted time spent there, or value.", HelpName = "WHAT" };
        shade.AcceptOnlyFromAmong("visitation", "value");
        Option<string?> format = TableStyle.Option();
        Command command = problem.AddTo(new Command("show", "Draw a world in the terminal: the policy as arrows, visits or values as shade, and V at the start with its bound."), shade, format);
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format);
            SolveRequest request = problem.RequestOf(parsed);
            SolveReport report = request.Solve(terminal);
            TableWriter output = style.Writer(terminal.Output, request.Model, request.Prior);
            WorldMap? map = WorldMap.Of(report);
            output.Line(Cut($"{report.Problem.Mdp}", terminal.Width, style));
            output.Line($"{SolutionText.ProblemLine(report)}: V(start) = {SolutionText.StartValue(report)}");
            if (map is not null) output.Picture(["", .. new WorldPicture(map, report, byValue: parsed.GetValue(shade) == "value") { HasColours = terminal.HasColours, Width = terminal.Width }.Lines()]);
            if (map is not { ShowsDirections: true, HasOneStateInACell: true } || !style.IsText)
            {
                output.Line();
                output.Write(StateTable.OfPicture(report));
                if (style.IsText && StateTable.BarsMeaning(report.Problem.Mdp) is string meaning) output.Paragraph(meaning, terminal.Width);
            }

            return SolveCommand.Ended(report, request, terminal);
        });
        return command;
    }

    /// <summary>A map may be part of a world's name, and too much for a line.</summary>
    private static string Cut(string line, int width, TableStyle style) => !style.IsText || line.Length <= width ? line : $"{line[..Math.Max(1, width - 4)]} ...";
}
