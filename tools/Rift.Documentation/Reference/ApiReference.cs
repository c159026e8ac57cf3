using System.Reflection;
using System.Text.RegularExpressions;

namespace Rift.Documentation;

/// <summary>The API reference: a page for each public type, one for each library, and one that leads to these.</summary>
internal sealed partial class ApiReference
{
    private readonly CommentFile _comments = new(PublicApi.Assemblies);
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal); // by identifier, from docs/api
    private readonly SourceFiles _sources;

    /// <summary>A reference.</summary>
    /// <param name="root">The folder of the repository, whose sources the pages link to.</param>
    public ApiReference(string root)
    {
        _sources = new SourceFiles(root);
        foreach (Type type in PublicApi.Assemblies.SelectMany(PublicApi.TypesOf))
        {
            string page = PathOf(type);
            _addresses[CommentId.Of(type)] = page;
            foreach (MemberInfo member in PublicApi.MembersOf(type)) _addresses[CommentId.Of(member)] = type.IsEnum ? page : $"{page}#{Markdown.Anchor(TypePage.HeadingOf(member))}";
        }
    }

    /// <summary>The comment of a type or member; null where it has none.</summary>
    public CommentFile Comments => _comments;

    /// <summary>The address of a type or member from the folder <c>docs</c>.</summary>
    public string AddressOf(MemberInfo member) => $"api/{_addresses[CommentId.Of(member)]}";

    /// <summary>The pages by their paths below <c>docs</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pages()
    {
        yield return new("api/README.md", Index());
        foreach (Assembly assembly in PublicApi.Assemblies)
        {
            yield return new($"api/{assembly.GetName().Name}/README.md", LibraryPage(assembly));
            foreach (Type type in PublicApi.TypesOf(assembly))
                yield return new($"api/{PathOf(type)}", new TypePage(type, _comments, From($"{assembly.GetName().Name}/"), _sources.OfType(type)).ToString());
        }
    }

    private static string PathOf(Type type) => $"{type.Assembly.GetName().Name}/{Generic().Replace(TypeText.Name(type), match => match.Value is ">" ? "" : "-")}.md";

    /// <summary>Comments with links that work from a folder of <c>docs/api</c>.</summary>
    private CommentMarkdown From(string folder) => new(id => _addresses.GetValueOrDefault(id) is not string address ? null
        : address.StartsWith(folder, StringComparison.Ordinal) ? address[folder.Length..] : folder.Length == 0 ? address : $"../{address}");

    private static string Index() => Markdown.Page(
        "# API reference",
        "Made from the documentation comments of the code, and compared with them by the tests. A library knows those above it in this list, at most.",
        string.Join('\n', PublicApi.Assemblies.Select(assembly => $"- [{assembly.GetName().Name}]({assembly.GetName().Name}/README.md): {assembly.GetCustomAttribute<AssemblyDescriptionAttribute>()?.Description}")));

    private string LibraryPage(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        CommentMarkdown text = From($"{name}/");
        IEnumerable<string> sections = PublicApi.TypesOf(assembly).GroupBy(type => _sources.FolderOf(type)).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            (group.Key.Length > 0 ? $"## {group.Key}\n\n" : "") + string.Join('\n', group.Select(type => $"- [{TypeText.Name(type).Replace("<", "\\<", StringComparison.Ordinal)}]({PathOf(type)[(name.Length + 1)..]}): {text.FirstSentence(_comments.Of(type)?.Element("summary"))}")));
        return Markdown.Page([$"# {name}", assembly.GetCustomAttribute<AssemblyDescriptionAttribute>()?.Description ?? "", "[All libraries](../README.md)", .. sections]);
    }

    [GeneratedRegex("<|>|, ")]
    private static partial Regex Generic();
}
