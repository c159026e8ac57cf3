using System.Reflection;
using System.Xml.Linq;

namespace Rift.Documentation;

/// <summary>The comments that the compiler wrote beside the assemblies, by member.</summary>
internal sealed class CommentFile
{
    private readonly Dictionary<string, XElement> _comments = [];

    public CommentFile(IEnumerable<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
            foreach (XElement member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"), LoadOptions.PreserveWhitespace).Descendants("member"))
                _comments[member.Attribute("name")!.Value] = member;
    }

    /// <summary>The comment of a member; where it has none of its own, or inherits one, that of the member it overrides or implements; null where nobody wrote one.</summary>
    public XElement? Of(MemberInfo member) => Chain(member).FirstOrDefault();

    /// <summary>What is said of a parameter, here or where the member was first promised; null where nobody says anything.</summary>
    public XElement? Parameter(MemberInfo member, string name) =>
        Chain(member).SelectMany(comment => comment.Elements("param")).FirstOrDefault(described => described.Attribute("name")?.Value == name);

    /// <summary>What is said of the result, here or where the member was first promised; null where nobody says anything.</summary>
    public XElement? Returns(MemberInfo member) => Chain(member).Select(comment => comment.Element("returns")).FirstOrDefault(returns => returns is not null);

    /// <summary>The comment of a member and those of the members that it overrides or implements, as far as somebody wrote them.</summary>
    private IEnumerable<XElement> Chain(MemberInfo member)
    {
        XElement? own = _comments.GetValueOrDefault(CommentId.Of(member));
        if (own is not null && own.Element("inheritdoc") is null) yield return own;
        if (own?.Element("inheritdoc")?.Attribute("cref")?.Value is string named && _comments.GetValueOrDefault(named) is { } meant) yield return meant;
        foreach (MemberInfo above in Above(member))
            foreach (XElement comment in Chain(above)) yield return comment;
    }

    /// <summary>The members that this one overrides or implements, the nearest first.</summary>
    private static IEnumerable<MemberInfo> Above(MemberInfo member)
    {
        if (member.DeclaringType is not { IsInterface: false } type) yield break;
        MethodInfo? method = member as MethodInfo ?? (member as PropertyInfo)?.GetMethod;
        if (method is null) yield break;

        MethodInfo root = method.GetBaseDefinition();
        for (Type? above = type.BaseType; above is not null && root.DeclaringType != type; above = above.BaseType)
            foreach (MemberInfo candidate in above.GetMember(member.Name, member.MemberType, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (((candidate as MethodInfo) ?? (candidate as PropertyInfo)?.GetMethod)?.GetBaseDefinition() == root) yield return candidate;
        foreach (Type contract in type.GetInterfaces().Where(contract => PublicApi.Assemblies.Contains(contract.Assembly)))
            foreach (MemberInfo promised in (contract.IsGenericType ? contract.GetGenericTypeDefinition() : contract).GetMember(member.Name, member.MemberType, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public))
                if (PublicApi.ParametersOf(promised).Length == PublicApi.ParametersOf(member).Length) yield return promised;
    }
}
