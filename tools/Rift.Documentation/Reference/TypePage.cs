using System.Reflection;
using System.Xml.Linq;

namespace Rift.Documentation;

/// <summary>The page of one type.</summary>
internal sealed class TypePage(Type type, CommentFile comments, CommentMarkdown text, string source)
{
    private static readonly string[] _kinds = ["Constructors", "Fields", "Properties", "Methods", "Operators", "Events"];

    /// <summary>The heading below which a member stands: its own name, or that of its kind where it has none.</summary>
    public static string HeadingOf(MemberInfo member) => KindOf(member) switch
    {
        "Constructors" or "Operators" => KindOf(member),
        "Properties" when PublicApi.ParametersOf(member).Length > 0 => "Indexers",
        _ => member.Name,
    };

    public override string ToString()
    {
        XElement? comment = comments.Of(type);
        MemberInfo[] members = [.. PublicApi.MembersOf(type)];
        return Markdown.Page([
            $"# {TypeText.Name(type).Replace("<", "\\<", StringComparison.Ordinal)}",
            $"[{type.Namespace}](README.md) · [source]({source}){(type.BaseType is { } above && PublicApi.Assemblies.Contains(above.Assembly) ? $" · extends {text.TypeLink(CommentId.Of(above))}" : "")}",
            text.Paragraphs(comment?.Element("summary")),
            Code(Declaration.Of(type)),
            Names("Type parameters", comment, "typeparam"),
            PublicApi.IsRecord(type) ? "" : Parameters(type),
            text.Paragraphs(comment?.Element("remarks")),
            .. type.IsEnum
                ? [string.Join('\n', members.OfType<FieldInfo>().Select(field => $"- `{field.Name}`: {text.Line(comments.Of(field)?.Element("summary"))}"))]
                : _kinds.SelectMany(kind => Section(kind, [.. members.Where(member => KindOf(member) == kind)])),
        ]);
    }

    private IEnumerable<string> Section(string kind, MemberInfo[] members)
    {
        if (members.Length == 0) yield break;
        yield return $"## {kind}";
        foreach (IGrouping<string, MemberInfo> alike in members.GroupBy(HeadingOf))
        {
            if (alike.Key != kind) yield return $"### {alike.Key}";
            foreach (string block in alike.SelectMany(Blocks)) yield return block;
        }
    }

    private IEnumerable<string> Blocks(MemberInfo member)
    {
        XElement? comment = comments.Of(member);
        yield return Code(Declaration.Of(member));
        yield return text.Paragraphs(comment?.Element("summary"));
        yield return Names("Type parameters", comment, "typeparam");
        yield return Parameters(member);
        if (comments.Returns(member) is { } returns) yield return $"**Returns** {text.Line(returns)}";
        if (comment?.Element("value") is { } value) yield return $"**Value** {text.Line(value)}";
        yield return text.Paragraphs(comment?.Element("remarks"));
        if (comment?.Elements("exception").ToArray() is { Length: > 0 } exceptions)
            yield return "**Throws**\n\n" + string.Join('\n', exceptions.Select(exception => $"- {text.TypeLink(exception.Attribute("cref")!.Value)}: {text.Line(exception)}"));
    }

    private string Names(string title, XElement? comment, string element) =>
        comment?.Elements(element).ToArray() is { Length: > 0 } names ? $"**{title}**\n\n" + string.Join('\n', names.Select(name => $"- `{name.Attribute("name")!.Value}`: {text.Line(name)}")) : "";

    private string Parameters(MemberInfo member) =>
        PublicApi.ParametersOf(member).Where(parameter => comments.Parameter(member, parameter.Name!) is not null).ToArray() is { Length: > 0 } described
            ? "**Parameters**\n\n" + string.Join('\n', described.Select(parameter => $"- `{parameter.Name}`: {text.Line(comments.Parameter(member, parameter.Name!))}")) : "";

    private static string KindOf(MemberInfo member) => member switch
    {
        ConstructorInfo => "Constructors",
        FieldInfo => "Fields",
        PropertyInfo => "Properties",
        MethodInfo method when method.Name.StartsWith("op_", StringComparison.Ordinal) => "Operators",
        MethodInfo => "Methods",
        EventInfo => "Events",
        _ => throw new NotSupportedException($"found {member}, expected a member of a type"),
    };

    private static string Code(string declaration) => $"```csharp\n{declaration}\n```";
}
