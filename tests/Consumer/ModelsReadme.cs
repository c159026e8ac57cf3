using Rift.Mdp;
using Rift.Models;

namespace Consumer;

/// <summary>The code of src/Rift.Models/README.md.</summary>
internal static class ModelsReadme
{
    internal static void Run()
    {
        MarkovDecisionProcess lake = WorldCatalog.Create("frozenlake:8x8");
        ModelFile.Write(lake, "lake.json");
        ImportedModel imported = ModelFile.Read("lake.json");

        SoftSolution solution = new SoftProblem(imported.Model, temperature: 0).Solve();
        Console.WriteLine($"{imported.Model.States} states, V(start) = {solution.Values[0]:F6}");
    }
}
