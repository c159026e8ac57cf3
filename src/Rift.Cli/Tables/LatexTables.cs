using System.Globalization;
using System.Text.RegularExpressions;

namespace Rift.Cli;

/// <summary>Tables as LaTeX, which needs no package; numbers in mathematics. What is no table is a comment behind a percent sign.</summary>
internal sealed partial class LatexTables(TextWriter output) : TableWriter(output)
{
    internal override void Line(string text) => Output.WriteLine($"% {Failure.OneLine(text)}");

    internal override void Write(Table table)
    {
        Output.WriteLine();
        Table shown = table.For(Readers.People);
        Output.WriteLine($@"\begin{{tabular}}{{{string.Concat(shown.Columns.Select(Alignment))}}}");
        Output.WriteLine(@"\hline");
        WriteRow(shown.Columns.Select(column => Escaped(column.Heading)));
        Output.WriteLine(@"\hline");
        foreach (Cell[] row in shown.Rows) WriteRow(row.Select(cell => cell.IsNumber ? Mathematics(cell.Text) : Escaped(cell.Text)));
        Output.WriteLine(@"\hline");
        Output.WriteLine(@"\end{tabular}");
        foreach (string remark in shown.Remarks) Line(remark);
    }

    // Text that is broken into lines has a paragraph of a third of the page.
    private static string Alignment(Column column) => column.Wrap is not null ? @"p{0.33\linewidth}" : column.IsRight ? "r" : "l";

    // Behind a line's end a bracket would be its argument, and a star part of the command.
    private void WriteRow(IEnumerable<string> cells)
    {
        string line = string.Join(" & ", cells);
        Output.WriteLine($@"{(line.Length > 0 && line[0] is '[' or '*' ? "{}" : "")}{line} \\");
    }

    /// <summary>1.5e-10 is a number times a power of ten; what is no number is left as words.</summary>
    private static string Mathematics(string number)
    {
        if (number == "infinite") return @"$\infty$";
        Match match = Number().Match(number);
        if (!match.Success) return Escaped(number);
        string power = match.Groups["exponent"] is { Success: true, Value: var exponent } ? string.Create(CultureInfo.InvariantCulture, $@" \times 10^{{{int.Parse(exponent, CultureInfo.InvariantCulture)}}}") : "";
        return $"${match.Groups["relation"].Value}{match.Groups["mantissa"].Value}{power}$";
    }

    private static string Escaped(string text) => Special().Replace(Failure.OneLine(text), match => match.Value switch
    {
        "\\" => @"\textbackslash{}",
        "^" => @"\textasciicircum{}",
        "~" => @"\textasciitilde{}",
        "<" => @"\textless{}",
        ">" => @"\textgreater{}",
        "|" => @"\textbar{}",
        "\"" => @"\textquotedbl{}",
        "-" => "{-}",
        "−" => "$-$",
        "±" => @"$\pm$",
        "→" => @"$\to$",
        "ω" => @"$\omega$",
        "Ψ" => @"$\Psi$",
        var special => $@"\{special}",
    });

    // A minus sign counts only behind another one: two would become a dash. The letters are those of our own tables; LaTeX knows accented ones itself.
    [GeneratedRegex(@"[\\{}$&#^_%~<>|""−±→ωΨ]|(?<=-)-")]
    private static partial Regex Special();

    [GeneratedRegex(@"^(?<relation>[<>]\s?)?(?<mantissa>[-+]?[0-9]+(\.[0-9]+)?)([eE](?<exponent>[-+]?[0-9]+))?$")]
    private static partial Regex Number();
}
