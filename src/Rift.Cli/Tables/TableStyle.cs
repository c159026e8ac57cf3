using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Rift.Models;

namespace Rift.Cli;

/// <summary>In which form tables were asked for, and what is said of where they come from.</summary>
internal sealed partial class TableStyle
{
    private const string Text = "text", Latex = "latex", Markdown = "markdown", Csv = "csv";

    // Sixteen digits tell files apart; nobody types more of them.
    private const int HashDigits = 16;

    private readonly string _name;
    private readonly ParseResult _parsed;

    private TableStyle(string name, ParseResult parsed)
    {
        _name = name;
        _parsed = parsed;
    }

    /// <summary>The option of every command that prints a table.</summary>
    /// <param name="description">What it does, where that is more than to choose the form.</param>
    internal static Option<string?> Option(string description = $"The form of tables: {Text} (default), {Latex}, {Markdown} or {Csv}, the last three with a line that says where they come from.")
    {
        Option<string?> option = new("--format") { Description = description, HelpName = "FORM" };
        option.AcceptOnlyFromAmong(Text, Latex, Markdown, Csv);
        return option;
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="InputException">JSON was asked for as well.</exception>
    internal static TableStyle Of(ParseResult parsed, Option<string?> format, Option<bool>? json = null)
    {
        string? name = parsed.GetValue(format);
        if (name is not null && json is not null && parsed.GetValue(json)) throw new InputException($"--format: found {name} with --json, expected one of the two");
        return new TableStyle(name ?? Text, parsed) { IsAsked = name is not null };
    }

    /// <summary>Whether a form was asked for at all.</summary>
    internal bool IsAsked { get; private init; }

    /// <summary>Whether it is the text for a terminal.</summary>
    internal bool IsText => _name == Text;

    /// <summary>The writer of this form; all but text begin with a line of where the tables come from.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="inputs">What was read: files are told by their hash, built-in worlds and what is null are not.</param>
    internal TableWriter Writer(TextWriter output, params IEnumerable<string?> inputs)
    {
        if (IsText) return new TextTables(output);
        TableWriter writer = _name switch
        {
            Latex => new LatexTables(output),
            Markdown => new MarkdownTables(output),
            _ => new CsvTables(output),
        };
        writer.Line(Provenance(inputs));
        return writer;
    }

    /// <summary>The version of the program, the command, and the hash of each file it read.</summary>
    private string Provenance(IEnumerable<string?> inputs)
    {
        string version = typeof(TableStyle).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        IEnumerable<string> hashes = inputs.OfType<string>().Where(IsOrdinaryFile).Distinct().Select(file => $"; {file} sha256 {Hash(file)}");
        return $"rift {version}: rift {string.Join(' ', _parsed.Tokens.Select(token => Word(token.Value)))}{string.Concat(hashes)}";
    }

    // What comes through a pipe has no length, and is there once only.
    private static bool IsOrdinaryFile(string path) => new FileInfo(path) is { Exists: true, Length: > 0 } && !AtomicFile.IsDevice(path);

    private static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream))[..HashDigits];
    }

    /// <summary>A word as a shell would need it to be typed.</summary>
    private static string Word(string word) => PlainWord().IsMatch(word) ? word : string.Create(CultureInfo.InvariantCulture, $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'");

    [GeneratedRegex(@"^[\w.,:=/+@%-]+$")]
    private static partial Regex PlainWord();
}
