using Rift.Testing;

namespace Rift.Experiments.Tests;

/// <summary>Experiments that take a moment.</summary>
internal static class SmallExperiment
{
    /// <summary>A cliff, two supervisors, one of them random, a cloned prior: cells with and without a seed.</summary>
    public const string Text =
        """
        {
          "format": "rift-experiment-1",
          "name": "small",
          "seeds": 3,
          "worlds": { "windycliff": { "interventions": { "clean": "qgap:0.036", "with, comma": "noisy:0.036,0.1" }, "priors": { "medium": "clone:2,0.1" } } },
          "references": ["expert", "rlif-uniform", "rlif-least"],
          "policies": ["prior", "lexicographic"],
          "tunings": { "rift": { "klWeight": [1, 0.1, 0.01] }, "scaled": { "klWeight": 1, "priorScale": [0.8, 1], "residual": "none" }, "rounds": { "klWeight": 0.3, "rounds": 3 }, "online": { "klWeight": 0.05, "learner": "online", "episodes": [20, 50] } },
          "metrics": ["success", "intervention", "mode-success", "psi", "rate", "expert-rate", "distance", "identity", "steps"]
        }
        """;

    public static ExperimentSpecification Specification => Parsed(Text);

    public static ExperimentSpecification Parsed(string text)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(path, text);
            return ExperimentFile.Read(path);
        }
        catch (Models.ModelFormatException e)
        {
            throw new FormatException(e.Message.Replace(path, "file", StringComparison.Ordinal), e);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A built-in experiment on fewer worlds and seeds.</summary>
    public static ExperimentSpecification BuiltIn(string name, int seeds, params string[] worlds)
    {
        ExperimentSpecification specification = ExperimentFile.ReadBuiltIn(name);
        return specification with { Seeds = seeds, Worlds = [.. specification.Worlds.Where(world => worlds.Length == 0 || worlds.Contains(world.Model))] };
    }

    /// <summary>Every experiment that ships.</summary>
    public static IEnumerable<string> BuiltInNames => Directory.EnumerateFiles(Repository.PathOf("src", "Rift.Experiments", "Specifications"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);
}
