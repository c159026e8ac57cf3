using System.Reflection;
using System.Xml.Linq;

namespace Rift.Documentation.Tests;

/// <summary>What the comments of the public members must say, as far as a machine can tell.</summary>
public class CommentTests
{
    private static readonly CommentFile _comments = new(PublicApi.Assemblies);

    private static IEnumerable<MemberInfo> Members => PublicApi.Assemblies.SelectMany(PublicApi.TypesOf).SelectMany(type => PublicApi.MembersOf(type).Prepend(type));

    [Test]
    public void Every_public_type_and_member_has_a_summary() =>
        None(Members.Where(member => IsEmpty(_comments.Of(member)?.Element("summary"))).Select(CommentId.Of));

    [Test]
    public void Every_parameter_is_described() =>
        None(Members.SelectMany(member => PublicApi.ParametersOf(member).Where(parameter => IsEmpty(Named(member, "param", parameter.Name!))).Select(parameter => $"{CommentId.Of(member)} {parameter.Name}")));

    [Test]
    public void What_is_returned_is_described() =>
        None(Members.OfType<MethodInfo>().Where(method => method.ReturnType != typeof(void) && IsEmpty(_comments.Of(method)?.Element("returns"))).Select(CommentId.Of));

    // All of them in the message, not the first few.
    private static void None(IEnumerable<string> missing) => Assert.That(string.Join('\n', missing), Is.Empty);

    private static XElement? Named(MemberInfo member, string element, string name) => _comments.Of(member)?.Elements(element).FirstOrDefault(described => described.Attribute("name")?.Value == name);

    private static bool IsEmpty(XElement? element) => element is null || (element.Value.Trim().Length == 0 && !element.HasElements);
}
