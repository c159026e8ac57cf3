using System.Text;
using FsCheck;
using Rift.Mdp;

namespace Rift.Models.Tests;

/// <summary>Whatever bytes a file holds, reading it gives a model or one refusal, never another exception.</summary>
public class HostileFileTests
{
    private static readonly MarkovDecisionProcess _lake = FrozenLake.Create(["SF", "HG"]);

    private static readonly string[] _seeds =
    [
        """{"format":"rift-model-1","states":2,"actions":2,"discount":0.9,"initial":{"0":1},"labels":{"states":["a","b"]},"grid":{"map":["ab"],"cells":[0,-1]},"pairs":[{"s":0,"a":1,"r":-1.0,"next":[[1,0.5],[0,0.5]]}]}""",
        """{"format":"gymnasium-P","discount":0.5,"initial":[1,0],"P":{"0":{"0":[[0.5,1,1.0,false],[0.5,0,0,true]]},"1":[[[1,0,0,true]]]}}""",
        """{"env_P":[[0,0,1,1,0.5,false],[1,0,1,1,0,true]],"states":2,"actions":1}""",
        """{"format":"rift-policy-1","probabilities":[[0.25,0.25,0.25,0.25],[0,1,0,0],[1,0,0,0],[1,0,0,0]]}""",
        """{"format":"rifttabular-oracle-1","S":1,"A":1,"gamma":"0.9","alpha":"1/2","omegas":["1"],"thresholds":["0"],"d":["1"],"T":[[0,0,0,"1"]],"r":["1"],"rStar":["1"],"rR":["0"],"pi0":["1"],"pi":["1"],"varphi":["0"],"potential":["0"]}""",
    ];

    private static readonly string[] _pieces = ["0", "-1", "1e999", "1e-400", "99999999999", "0.1", "null", "true", "{}", "[]", "[[", "\"\\u0000\"", "\"\\udc00\"", ",", "\"0\":", "\"x-\":1,", " ", "\u00e9", "\""];

    [Property(MaxTest = 1000)]
    public void Mutated_files_are_read_or_refused(NonNegativeInt seed)
    {
        SplittableRandom random = new(seed.Get);
        StringBuilder content = new(_seeds[random.NextInt(_seeds.Length)]);
        for (int mutations = 1 + random.NextInt(3); mutations > 0; mutations--)
        {
            int at = random.NextInt(content.Length + 1);
            content.Remove(at, Math.Min(random.NextInt(4), content.Length - at)).Insert(at, random.NextInt(2) == 0 ? _pieces[random.NextInt(_pieces.Length)] : "");
        }

        using ScratchFile file = new(content.ToString());
        foreach (Action read in (Action[])[() => ModelFile.Read(file.Path), () => ModelFile.Read(file.Path, new ReadOptions { Renormalise = true }), () => PolicyFile.Read(file.Path, _lake), () => ProblemFile.Read(file.Path)])
        {
            try
            {
                read();
            }
            catch (ModelFormatException e)
            {
                Assert.That(e.Message, Does.Not.Contain("\n").And.Contains(", expected "), content.ToString());
            }
        }
    }

    [Test]
    public void The_unmutated_files_are_read()
    {
        Assert.Multiple(() =>
        {
            for (int i = 0; i < _seeds.Length; i++)
            {
                using ScratchFile file = new(_seeds[i]);
                if (i < 3) Assert.That(ModelFile.Read(file.Path).Model.States, Is.GreaterThanOrEqualTo(2));
                else if (i == 3) Assert.That(PolicyFile.Read(file.Path, _lake).States, Is.EqualTo(5));
                else Assert.That(ProblemFile.Read(file.Path).Mdp.States, Is.EqualTo(1));
            }
        });
    }
}
