using System.CommandLine;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>The algorithms by the names they have on the command line.</summary>
internal static class Method
{
    private static readonly Dictionary<string, SoftAlgorithm> _byName = new(StringComparer.Ordinal)
    {
        ["auto"] = new Auto(),
        ["value-iteration"] = new ValueIteration(),
        ["gauss-seidel"] = new GaussSeidel(),
        ["modified-policy-iteration"] = new ModifiedPolicyIteration(),
        ["soft-policy-iteration"] = new SoftPolicyIteration(),
        ["soft-policy-iteration:elimination"] = new SoftPolicyIteration { Linear = LinearMethod.Elimination },
        ["soft-policy-iteration:lu"] = new SoftPolicyIteration { Linear = LinearMethod.Lu },
        ["soft-policy-iteration:krylov"] = new SoftPolicyIteration { Linear = LinearMethod.Krylov },
    };

    internal static Option<string?> Option()
    {
        Option<string?> option = new("--method")
        {
            Description = "auto (default), value-iteration, gauss-seidel, modified-policy-iteration, or soft-policy-iteration with an optional :elimination, :lu or :krylov.",
            HelpName = "M",
        };
        option.CompletionSources.Add([.. _byName.Keys]);
        return option;
    }

    /// <summary>The algorithm of a name.</summary>
    /// <param name="name">The name; null for auto.</param>
    /// <param name="tolerance">The absolute half-width to reach; null for the default.</param>
    internal static SoftAlgorithm Named(string? name, double? tolerance)
    {
        if (!_byName.TryGetValue(name ?? "auto", out SoftAlgorithm? algorithm))
            throw new InputException($"--method: found '{name}', expected one of {string.Join(", ", _byName.Keys)}");
        return algorithm with { Tolerance = tolerance is double halfWidth ? Tolerance.Absolute(halfWidth) : Tolerance.Default };
    }
}
