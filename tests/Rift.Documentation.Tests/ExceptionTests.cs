using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rift.Documentation.Tests;

/// <summary>What a public member throws in its own body, its comment says.</summary>
public class ExceptionTests
{
    private static IEnumerable<string> Libraries => PublicApi.Assemblies.Select(assembly => assembly.GetName().Name!);

    [TestCaseSource(nameof(Libraries))]
    public void What_is_thrown_is_told(string library)
    {
        IEnumerable<string> silent = Directory.EnumerateFiles(Repository.PathOf("src", library), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Repository.PathOf("src", library), file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .SelectMany(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()
                .Where(IsPublic).SelectMany(member => Thrown(member).Except(Told(member)).Select(exception => $"{Path.GetFileName(file)}: {Name(member)} throws {exception}")));
        Assert.That(string.Join('\n', silent.Order(StringComparer.Ordinal)), Is.Empty);
    }

    private static bool IsPublic(MemberDeclarationSyntax member) => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax
        && member.Modifiers.Any(SyntaxKind.PublicKeyword) && member.Ancestors().OfType<BaseTypeDeclarationSyntax>().All(type => type.Modifiers.Any(SyntaxKind.PublicKeyword));

    /// <summary>The exceptions that are made and thrown here, those of arguments taken together; what a setter throws is told by the property's range.</summary>
    private static IEnumerable<string> Thrown(MemberDeclarationSyntax member) => member is BasePropertyDeclarationSyntax ? [] :
        member.DescendantNodes(node => node is not LambdaExpressionSyntax).Select(node => node switch
        {
            ThrowStatementSyntax { Expression: ObjectCreationExpressionSyntax made } => made.Type.ToString(),
            ThrowExpressionSyntax { Expression: ObjectCreationExpressionSyntax made } => made.Type.ToString(),
            _ => null,
        }).OfType<string>().Select(Family).Distinct();

    /// <summary>The exceptions that the comment tells of; all that there may be, where the comment is that of another member.</summary>
    private static IEnumerable<string> Told(MemberDeclarationSyntax member)
    {
        XmlNodeSyntax[] comment = [.. member.GetLeadingTrivia().Select(trivia => trivia.GetStructure()).OfType<DocumentationCommentTriviaSyntax>().SelectMany(comment => comment.Content)];
        if (comment.Any(node => node is XmlEmptyElementSyntax { Name.LocalName.Text: "inheritdoc" })) return Thrown(member);
        return comment.OfType<XmlElementSyntax>().Where(element => element.StartTag.Name.LocalName.Text == "exception")
            .SelectMany(element => element.StartTag.Attributes.OfType<XmlCrefAttributeSyntax>()).Select(cref => Family(cref.Cref.ToString()));
    }

    private static string Family(string exception) => exception is "ArgumentOutOfRangeException" or "ArgumentNullException" ? "ArgumentException" : exception;

    private static string Name(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        _ => member.Kind().ToString(),
    };
}
