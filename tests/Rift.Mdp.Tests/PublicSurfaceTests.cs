using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rift.Mdp.Tests;

/// <summary>What holds for every public type: sealed unless made to be derived from, and nothing to change once it is there.</summary>
public class PublicSurfaceTests
{
    private static readonly Type[] _types = typeof(MarkovDecisionProcess).Assembly.GetExportedTypes();

    [TestCaseSource(nameof(_types))]
    public void Types_are_sealed_static_or_abstract(Type type) => Assert.That(type.IsSealed || type.IsAbstract);

    [TestCaseSource(nameof(_types))]
    public void Properties_cannot_be_set_after_construction(Type type)
    {
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.DeclaringType!.Assembly == type.Assembly))
            if (property.SetMethod is { IsPublic: true } setter)
                Assert.That(setter.ReturnParameter.GetRequiredCustomModifiers(), Does.Contain(typeof(IsExternalInit)), property.Name);
    }

    [TestCaseSource(nameof(_types))]
    public void There_are_no_public_fields_but_constants(Type type)
    {
        foreach (FieldInfo field in type.GetFields().Where(field => !field.IsSpecialName)) Assert.That(field.IsLiteral, field.Name);
    }

    [Test]
    public void All_are_found_in_one_namespace()
    {
        Assert.That(_types, Has.Length.GreaterThan(30));
        Assert.That(_types.Select(type => type.Namespace), Is.All.EqualTo("Rift.Mdp"));
    }
}
