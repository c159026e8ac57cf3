using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rift.Documentation.Tests;

/// <summary>What the comments of the public members must say, as far as a machine can tell.</summary>
public partial class CommentTests
{
    private static readonly CommentFile _comments = new(PublicApi.Assemblies);

    private static IEnumerable<MemberInfo> Members => PublicApi.Assemblies.SelectMany(PublicApi.TypesOf).SelectMany(type => PublicApi.MembersOf(type).Prepend(type)).Where(member => !PublicApi.SpeaksForItself(member));

    [Test]
    public void Every_public_type_and_member_has_a_summary() =>
        None(Members.Where(member => IsEmpty(_comments.Of(member)?.Element("summary"))).Select(CommentId.Of));

    [Test]
    public void Every_parameter_is_described() =>
        None(Members.SelectMany(member => PublicApi.ParametersOf(member).Where(parameter => IsEmpty(_comments.Parameter(member, parameter.Name!))).Select(parameter => $"{CommentId.Of(member)} {parameter.Name}")));

    // "The policy of an occupancy" is what the method returns; "Fits." says what it does, and then something has to say what comes of it.
    [Test]
    public void What_is_returned_is_described_by_the_summary_or_beside_it() =>
        None(Members.OfType<MethodInfo>().Where(method => method.ReturnType != typeof(void) && BeginsWithAVerb(_comments.Of(method)?.Element("summary")) && IsEmpty(_comments.Returns(method))).Select(CommentId.Of));

    [Test]
    public void No_parameter_is_described_that_is_not_there() =>
        None(Members.Where(member => member is not Type { IsClass: true } and not Type { IsValueType: true }).SelectMany(member => (_comments.Of(member)?.Elements("param") ?? [])
            .Select(described => described.Attribute("name")!.Value).Except(PublicApi.ParametersOf(member).Select(parameter => parameter.Name!)).Select(name => $"{CommentId.Of(member)} {name}")));

    // All of them in the message, not the first few.
    private static void None(IEnumerable<string> missing) => Assert.That(string.Join('\n', missing), Is.Empty);

    private static bool BeginsWithAVerb(XElement? summary) => summary is not null && Verb().IsMatch(summary.Value.TrimStart());

    private static bool IsEmpty(XElement? element) => element is null || (element.Value.Trim().Length == 0 && !element.HasElements);

    // The third person of a verb; the plurals that summaries begin with are no verbs.
    [GeneratedRegex(@"^(?!(This|As|Decisions|Demonstrations|Directions|Entries|Episodes|Ours|Psi|Its|Minus|Rewards|States|Values)\b)[A-Z][a-z]+s\b")]
    private static partial Regex Verb();
}
