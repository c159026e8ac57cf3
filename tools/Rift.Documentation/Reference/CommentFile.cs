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
    public XElement? Of(MemberInfo member)
    {
        XElement? own = _comments.GetValueOrDefault(CommentId.Of(member));
        if (own is not null && own.Element("inheritdoc") is not { } inherited) return own;
        if (own?.Element("inheritdoc")?.Attribute("cref")?.Value is string named) return _comments.GetValueOrDefault(named);
        return Above(member).Select(Of).FirstOrDefault(comment => comment is not null) ?? own;
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
