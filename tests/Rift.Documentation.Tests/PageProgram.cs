using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rift.Documentation.Tests;

/// <summary>The C# of one page as one program: usings, then the statements of all its blocks in order, then the types.</summary>
internal sealed class PageProgram
{
    private static readonly string[] _given =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "Rift.Mdp", "Rift.Models", "Rift.Theory", "Rift.Learning", "Rift.Experiments", "Rift.Plots"];

    private static readonly CSharpParseOptions _language = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] _references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path) != "ScottPlot.dll").Select(path => MetadataReference.CreateFromFile(path))];

    private readonly CSharpCompilation _compilation;

    public PageProgram(IEnumerable<string> blocks)
    {
        CompilationUnitSyntax[] parsed = [.. blocks.Select(block => SyntaxFactory.ParseCompilationUnit(WithoutDirectives(block), options: _language))];
        IEnumerable<string> usings = parsed.SelectMany(block => block.Usings).Select(@using => @using.Name!.ToString()).Union(_given).Select(name => $"using {name};");
        IEnumerable<string> statements = parsed.SelectMany(block => block.Members.OfType<GlobalStatementSyntax>()).Select(statement => statement.ToFullString());
        IEnumerable<string> types = parsed.SelectMany(block => block.Members.Where(member => member is not GlobalStatementSyntax)).Select(type => type.ToFullString());
        string source = string.Join('\n', [.. usings, .. statements, .. types]);
        _compilation = CSharpCompilation.Create(
            $"page-{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(source, _language)], _references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));
    }

    /// <summary>What the compiler objects to; empty where it does not.</summary>
    public IEnumerable<string> Errors => _compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || IsAboutNull(diagnostic))
        .Select(diagnostic => $"{diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}: {diagnostic.Location.SourceTree!.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}");

    /// <summary>Runs it in a folder; returns what it prints.</summary>
    public string Run(string folder)
    {
        using MemoryStream image = new();
        Assert.That(_compilation.Emit(image).Success, Is.True);
        image.Position = 0;
        AssemblyLoadContext context = new(null, isCollectible: true);
        TextWriter console = Console.Out;
        string before = Directory.GetCurrentDirectory();
        using StringWriter output = new() { NewLine = "\n" };
        try
        {
            Console.SetOut(output);
            Directory.SetCurrentDirectory(folder);
            MethodInfo main = context.LoadFromStream(image).EntryPoint!;
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            Console.SetOut(console);
            context.Unload();
        }

        return output.ToString();
    }

    /// <summary>Lines such as <c>#:project</c> tell the command that runs a file, not the compiler.</summary>
    private static string WithoutDirectives(string block) => string.Join('\n', block.Split('\n').Where(line => !line.StartsWith("#:", StringComparison.Ordinal) && !line.StartsWith("#!", StringComparison.Ordinal)));

    private static bool IsAboutNull(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Id.StartsWith("CS86", StringComparison.Ordinal);
}
