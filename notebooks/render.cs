#!/usr/bin/env dotnet
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

// Makes the pages of the course: runs each notebook and writes rendered/NN-short-name.md with its text, its code, what each cell printed and its figure.
//
//     dotnet run notebooks/render.cs                    all of them
//     dotnet run notebooks/render.cs 03 05              some, by the beginning of their names
//     dotnet run notebooks/render.cs -- --out FOLDER    into FOLDER/rendered instead of notebooks/rendered
//
// A notebook is a program of one file. What stands before its first line of text (directives, using) is not shown. A text cell is a block of lines that begin with "// " in the first
// column; what stands between two text cells is a code cell. A copy is run that prints a mark before each code cell, so that the output can be cut at the marks.
const string Mark = "\u001e";
string notebooks = Folder(), target = notebooks;
List<string> wanted = [];
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--out" && i + 1 < args.Length) target = Path.GetFullPath(args[++i]);
    else wanted.Add(args[i]);
}

string[] sources = [.. Directory.EnumerateFiles(notebooks, "*-*.cs").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && (wanted.Count == 0 || wanted.Any(Path.GetFileName(path).StartsWith))).Order(StringComparer.Ordinal)];
if (sources.Length == 0)
{
    Console.Error.WriteLine($"render: found no notebook {string.Join(' ', wanted)} in {notebooks}");
    return 2;
}

Directory.CreateDirectory(Path.Combine(target, "rendered", "figures"));
foreach (string source in sources)
{
    string name = Path.GetFileNameWithoutExtension(source);
    if (target != notebooks) File.Copy(source, Path.Combine(target, $"{name}.cs"), overwrite: true);
    (string header, List<Cell> cells) = Cell.Read(File.ReadAllText(source).ReplaceLineEndings("\n"));
    if (Run(name, Instrumented(name, header, cells)) is not string output) return 1;
    File.WriteAllText(Path.Combine(target, "rendered", $"{name}.md"), Page(name, cells, output));
    Console.WriteLine($"rendered/{name}.md");
}

return 0;

// The copy: projects are named by their full path, and the compiler is told that the lines are those of a file in the target folder, where figures are to go.
string Instrumented(string name, string header, List<Cell> cells)
{
    StringBuilder copy = new(Regex.Replace(header, @"(?<=^#:project )\S+", match => Path.GetFullPath(match.Value, notebooks), RegexOptions.Multiline));
    foreach (Cell cell in cells.Where(cell => cell.IsCode))
    {
        if (cell.HasStatements) copy.Append($"Console.WriteLine(\"\\u{(int)Mark[0]:x4}\");\n");
        copy.Append($"#line {cell.Line} \"{Path.Combine(target, name + ".cs")}\"\n{cell.Text}\n");
    }

    return copy.ToString();
}

string? Run(string name, string program)
{
    string copy = Path.Combine(Directory.CreateDirectory(Path.Combine(notebooks, "obj", "render")).FullName, $"{name}.cs");
    File.WriteAllText(copy, program);
    using Process process = Process.Start(new ProcessStartInfo("dotnet", ["run", "-c", "Release", copy]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
    Task<string> error = process.StandardError.ReadToEndAsync();
    string output = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n");
    process.WaitForExit();
    if (process.ExitCode == 0) return output;
    Console.Error.WriteLine($"render: {name} ended with exit code {process.ExitCode}\n{output.Replace(Mark, "")}{error.Result}");
    return null;
}

string Page(string name, List<Cell> cells, string output)
{
    Queue<string> printed = new(output.Split($"{Mark}\n").Skip(1).Select(text => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd()));
    StringBuilder page = new();
    foreach (Cell cell in cells)
    {
        if (page.Length > 0) page.Append('\n');
        page.Append(cell.IsCode ? $"```csharp\n{cell.Text}\n```\n" : $"{cell.Text}\n");
        if (cell == cells[0]) page.Append($"\n*Made from [{name}.cs](../{name}.cs), which is all of this and runs: `dotnet run notebooks/{name}.cs`*\n");
        if (!cell.HasStatements) continue;
        if (printed.Dequeue() is { Length: > 0 } text) page.Append($"\n```text\n{text}\n```\n");
        foreach (Match figure in Regex.Matches(cell.Text, "\"rendered/(figures/[^\"]+)\"")) page.Append($"\n![{Title(figure.Groups[1].Value)}]({figure.Groups[1].Value})\n");
    }

    return page.ToString();
}

// What a figure says of itself to who cannot see it.
string Title(string figure) => XDocument.Load(Path.Combine(target, "rendered", figure)).Root!.Elements().First().Value;

static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;

/// <summary>A block of text without its comment signs, or of code.</summary>
internal sealed partial record Cell(bool IsCode, int Line, string Text)
{
    /// <summary>Whether a statement may stand before the cell: not before types, which come last in a program.</summary>
    public bool HasStatements => IsCode && !TypeDeclaration.IsMatch(Text);

    [GeneratedRegex(@"\A(///.*\n)*((internal|public|file|sealed|static|abstract|readonly|partial) )*(class|record|struct|interface|enum) ")]
    private static partial Regex TypeDeclaration { get; }

    /// <summary>The lines before the first line of text, and the cells.</summary>
    public static (string Header, List<Cell> Cells) Read(string source)
    {
        string[] lines = source.Split('\n');
        int first = Array.FindIndex(lines, IsText);
        List<Cell> cells = [];
        for (int start = first, end; start < lines.Length; start = end)
        {
            bool isCode = !IsText(lines[start]);
            for (end = start; end < lines.Length && IsText(lines[end]) != isCode;) end++;
            string[] block = [.. lines[start..end].Select(line => isCode ? line : line[Math.Min(3, line.Length)..])];
            int blank = block.TakeWhile(string.IsNullOrWhiteSpace).Count();
            if (blank < block.Length) cells.Add(new Cell(isCode, start + blank + 1, string.Join('\n', block[blank..]).TrimEnd()));
        }

        return (string.Join('\n', lines[..first]) + '\n', cells);
    }

    private static bool IsText(string line) => line == "//" || line.StartsWith("// ", StringComparison.Ordinal);
}
