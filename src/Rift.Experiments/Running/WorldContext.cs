using System.Collections.Concurrent;
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Experiments;

/// <summary>A world and its expert, made once for all cells.</summary>
internal sealed class WorldContext
{
    private readonly Lazy<Simulator> _simulator;

    private WorldContext(Expert expert, int horizon)
    {
        Expert = expert;
        Horizon = horizon;
        _simulator = new Lazy<Simulator>(() => new Simulator(expert.Mdp));
        Uniform = Policy.Uniform(expert.Mdp.Kernel);
    }

    internal Expert Expert { get; }

    internal MarkovDecisionProcess Mdp => Expert.Mdp;

    internal int Horizon { get; }

    internal Policy Uniform { get; }

    /// <summary>What draws episodes; its tables are made as they are met, once for all cells.</summary>
    internal Simulator Simulator => _simulator.Value;

    /// <summary>The worlds by name: a world is made when a cell first asks for it.</summary>
    internal sealed class Cache
    {
        private readonly ConcurrentDictionary<string, Lazy<WorldContext>> _worlds = new(StringComparer.Ordinal);

        internal WorldContext this[string model] => _worlds.GetOrAdd(model, name => new Lazy<WorldContext>(() => Of(name))).Value;
    }

    private static WorldContext Of(string model)
    {
        MarkovDecisionProcess mdp = File.Exists(model) ? ModelFile.Read(model).Model : WorldCatalog.Create(model);
        return new WorldContext(Expert.Of(mdp), mdp.Description.EvaluationHorizon ?? throw new SpecificationException($"{model}: found no steps after which success is evaluated, expected a model that names them"));
    }
}
