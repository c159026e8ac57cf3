using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>A table of texts, two columns or more, as somebody might have named the states of a model.</summary>
public sealed record Texts(string[][] Rows)
{
    public override string ToString() => string.Join(" / ", Rows.Select(row => string.Join(" | ", row.Select(cell => $"'{cell}'"))));
}

public static class TextsArbitrary
{
    private static readonly Gen<string> _cell = Gen.Elements("a", "b", "1", ",", "\"", "\n", "\r", "#", " ", "|", "\\", "%", "&", "_", "^", "~", "$", "{", "}", "[", "]", "*", "<", ">", "-", "`", "é", "ω", "±", "−")
        .ListOf().Select(parts => string.Concat(parts));

    public static Arbitrary<Texts> Texts() => Arb.From(
        from columns in Gen.Choose(2, 4)
        from rows in _cell.ArrayOf(columns).NonEmptyListOf()
        select new Texts([.. rows]),
        texts => texts.Rows.Length < 2 ? [] : texts.Rows.Select((_, i) => new Texts([.. texts.Rows[..i], .. texts.Rows[(i + 1)..]])));
}

/// <summary>The forms of a table: nothing is lost in any of them.</summary>
public partial class TableTests
{
    [Property(Arbitrary = [typeof(TextsArbitrary)])]
    public bool Comma_separated_values_read_back_to_the_same_texts(Texts texts)
    {
        List<string[]> read = Records(Written(output => new CsvTables(output), texts));
        return read.Skip(1).Zip(texts.Rows, (found, written) => found.SequenceEqual(written)).All(same => same) && read.Count == texts.Rows.Length + 1;
    }

    [Property]
    public bool Comma_separated_values_read_back_to_the_same_bits(double[] numbers)
    {
        Table table = new([Column.Numbers("x")], numbers.Select(number => (Cell[])[Cell.In("0.0", number)]));
        using StringWriter output = new();
        new CsvTables(output).Write(table);
        IEnumerable<double> read = Records(output.ToString()).Skip(1).Select(row => row[0].Length == 0 ? double.NaN : double.Parse(row[0], CultureInfo.InvariantCulture));
        return read.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(numbers.Select(BitConverter.DoubleToInt64Bits));
    }

    // What stands between two pipes without a backslash is a cell; a backslash before punctuation is not read.
    [Property(Arbitrary = [typeof(TextsArbitrary)])]
    public bool Cells_of_Markdown_read_back_to_the_same_words(Texts texts)
    {
        string[] lines = [.. Written(output => new MarkdownTables(output), texts).Split('\n').Where(line => line.StartsWith('|'))];
        return lines.Skip(2).Select(line => MarkdownCell().Matches(line[1..]).Select(match => MarkdownEscape().Replace(match.Groups[1].Value, "$1").Trim()))
            .Zip(texts.Rows, (found, written) => found.SequenceEqual(written.Select(Words))).All(same => same) && lines.Length == texts.Rows.Length + 2;
    }

    [Property(Arbitrary = [typeof(TextsArbitrary)])]
    public bool Cells_of_LaTeX_read_back_to_the_same_words(Texts texts)
    {
        string[] rows = [.. Written(output => new LatexTables(output), texts).Split('\n').Where(line => line.EndsWith(@" \\", StringComparison.Ordinal))];
        string[][] cells = [.. rows.Select(row => (row.StartsWith("{}", StringComparison.Ordinal) ? row[2..^3] : row[..^3]).Split(" & "))];
        return cells.Skip(1).Zip(texts.Rows, (found, written) => found.Select(Unescaped).SequenceEqual(written.Select(Words))).All(same => same)
            && rows.Length == texts.Rows.Length + 1
            && rows.All(row => row[0] is not ('[' or '*'))
            && cells.All(row => row.All(cell => !BareSpecial().IsMatch(Command().Replace(cell, ""))));
    }

    [TestCase("-0.5", "$-0.5$")]
    [TestCase("1.5e-10", @"$1.5 \times 10^{-10}$")]
    [TestCase("9.78E+12", @"$9.78 \times 10^{12}$")]
    [TestCase("< 1e-99", @"$< 1 \times 10^{-99}$")]
    [TestCase("infinite", @"$\infty$")]
    [TestCase("-", "-")]
    [TestCase("", "")]
    public void A_number_is_mathematics_in_LaTeX(string text, string expected)
    {
        using StringWriter output = new();
        new LatexTables(output).Write(new Table([Column.Numbers("x"), Column.Words("y")], [[Cell.Of(1, text), "1"]]));
        Assert.That(output.ToString().ReplaceLineEndings("\n"), Is.EqualTo($$"""

            \begin{tabular}{rl}
            \hline
            x & y \\
            \hline
            {{expected}} & 1 \\
            \hline
            \end{tabular}

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void What_is_no_table_is_a_comment_of_one_line()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Commented(output => new CsvTables(output)), Is.EqualTo("# a --> b c\n"));
            Assert.That(Commented(output => new LatexTables(output)), Is.EqualTo("% a --> b c\n"));
            Assert.That(Commented(output => new MarkdownTables(output)), Is.EqualTo("<!-- a --&gt; b c -->\n"));
        });

        static string Commented(Func<TextWriter, TableWriter> form)
        {
            using StringWriter output = new();
            TableWriter writer = form(output);
            writer.Line("a --> b\nc");
            writer.Line();
            writer.Picture(["─"]);
            return output.ToString().ReplaceLineEndings("\n");
        }
    }

    [Test]
    public void Text_breaks_words_into_lines_and_keeps_numbers_apart()
    {
        using StringWriter output = new();
        new TextTables(output).Write(new Table(
            [
                Column.Words("id"), Column.Words("what") with { Width = 9, Wrap = 9 }, Column.Numbers("x", 4), Column.Numbers("wide", 4), Column.Words("sign") with { IsPlain = true },
                Column.Words("why") with { Below = 4, Lead = "because " }, Column.Words("all") with { Readers = Readers.Programs },
            ],
            [["1", "too long for it", Cell.Of(1), Cell.Of(12345), "yes\u001b[2J", "it is", "hidden"], ["2", "short", Cell.None, Cell.Of(2), "", "so", "hidden"]]));
        Assert.That(output.ToString().ReplaceLineEndings("\n"), Is.EqualTo("""
            id  what        x  wide
            1   too long    1 12345  yes [2J
                for it
                because it is
            2   short             2
                because so

            """.ReplaceLineEndings("\n")));
    }

    private static IEnumerable<string[]> Commands =>
    [
        ["verify", "--theorem", "5.1", "--theorem", "A.1", "--cases", "2", "--model", "chain"], ["refute", "--list"], ["refute", "CE4"], ["refute", "hotter-is-more-random"], ["solve", "taxi", "--temperature", "1"], ["show", "fourrooms"],
        ["analyze", Repository.OracleFiles[0]], ["finetune", "windycliff", "--prior", "uniform", "--intervention", "qgap:0.03", "--kl-weight", "1", "--sampled", "--episodes", "10"],
        ["reproduce", "6", "--seeds", "1"], ["fit", "zurcher", "--groups", "4"], ["env", "list"],
    ];

    [Test]
    public void Every_table_has_every_form([ValueSource(nameof(Commands))] string[] command, [Values("latex", "markdown", "csv")] string form)
    {
        string output = CommandRun.Of([.. command, "--format", form, "--quiet"]).Succeeds().Output.ReplaceLineEndings("\n");
        string[] lines = output.Split('\n');
        (string comment, string table) = form switch { "latex" => ("% ", @"\begin{tabular}"), "markdown" => ("<!-- ", "| --- |"), _ => ("# ", ",") };
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Does.StartWith($"{comment}rift ").And.Contain($": rift {command[0]} ").And.Contain($"--format {form}"));
            Assert.That(output, Does.Contain(table));
            Assert.That(output, Does.Not.Contain("\u001b"));
        });
        if (form != "csv") return;

        // Tables are apart by an empty line; each is a rectangle, and no two columns have one name.
        string data = string.Join('\n', lines.Where(line => !line.StartsWith('#')));
        foreach (string part in data.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            List<string[]> records = Records(part);
            Assert.That(records.Select(record => record.Length), Has.All.EqualTo(records[0].Length));
            Assert.That(records[0], Is.Unique);
        }
    }

    [Test]
    public void The_line_of_provenance_names_version_command_and_the_file_it_read()
    {
        string model = Repository.Sample("machine.json"), hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(model)))[..16];
        string line = CommandRun.Of("solve", model, "--temperature=1", "--format", "csv").Succeeds().Output.Split('\n')[0];
        Assert.That(line, Does.Match($@"^# rift \d+\.\d+\.\d+\S*: rift solve {Regex.Escape(model)} --temperature 1 --format csv; {Regex.Escape(model)} sha256 {hash}$"));
    }

    [Test]
    public void Programs_get_every_state_and_every_number()
    {
        string output = CommandRun.Of("solve", "taxi", "--temperature", "1", "--format", "csv").Succeeds().Output;
        List<string[]> records = Records(string.Join('\n', output.Split('\n').Where(line => !line.StartsWith('#'))));
        Assert.Multiple(() =>
        {
            Assert.That(records[0], Is.EqualTo(new[] { "state", "label", "V", "lower", "upper", "visitation", "pi(south)", "pi(north)", "pi(east)", "pi(west)", "pi(pick up)", "pi(drop off)" }));
            Assert.That(records, Has.Count.EqualTo(502));
            Assert.That(records.Skip(1).Sum(record => double.Parse(record[5], CultureInfo.InvariantCulture)), Is.EqualTo(1).Within(1e-12));
            Assert.That(records.Skip(1).Select(record => double.Parse(record[3], CultureInfo.InvariantCulture) <= double.Parse(record[2], CultureInfo.InvariantCulture)), Has.All.True);
        });
    }

    private static string Written(Func<TextWriter, TableWriter> form, Texts texts)
    {
        using StringWriter output = new();
        form(output).Write(new Table([.. texts.Rows[0].Select((_, k) => Column.Words($"c{k}"))], texts.Rows.Select(row => row.Select(cell => (Cell)cell).ToArray())));
        return output.ToString();
    }

    /// <summary>Line ends and other controls are spaces in a form that has a line for each row.</summary>
    private static string Words(string cell) => string.Join(' ', cell.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Trim();

    private static string Unescaped(string cell) => Command().Replace(cell, match => match.Value switch
    {
        @"\textbackslash{}" => "\\",
        @"\textasciicircum{}" => "^",
        @"\textasciitilde{}" => "~",
        @"\textless{}" => "<",
        @"\textgreater{}" => ">",
        @"\textbar{}" => "|",
        @"\textquotedbl{}" => "\"",
        "{-}" => "-",
        "$-$" => "−",
        @"$\pm$" => "±",
        @"$\omega$" => "ω",
        var special => special[1..],
    });

    /// <summary>Records as RFC 4180 has them, with line feeds between them.</summary>
    private static List<string[]> Records(string text)
    {
        List<string[]> records = [];
        List<string> fields = [];
        string field = "";
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') field += text[i++];
            else if (c == '"') isQuoted = !isQuoted;
            else if (!isQuoted && c == ',') EndField();
            else if (!isQuoted && c == '\n') EndRecord();
            else field += c;
        }

        if (field.Length > 0 || fields.Count > 0) EndRecord();
        return records;

        void EndField()
        {
            fields.Add(field);
            field = "";
        }

        void EndRecord()
        {
            EndField();
            records.Add([.. fields]);
            fields.Clear();
        }
    }

    [GeneratedRegex(@"((?:\\.|[^|\\])*)\|")]
    private static partial Regex MarkdownCell();

    [GeneratedRegex(@"\\([!-/:-@\[-`{-~])")]
    private static partial Regex MarkdownEscape();

    [GeneratedRegex(@"\\text[a-z]+\{\}|(?<!\\)\$(?:-|\\[a-z]+)\$|\\[{}$&#^_%~]|\{-\}")]
    private static partial Regex Command();

    [GeneratedRegex(@"[\\{}$&#^_%~<>|""]")]
    private static partial Regex BareSpecial();
}
