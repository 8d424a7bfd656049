"""Who says what in an archive, with PySpark: one article a line, one answer a line.

    spark-submit pyspark_map.py ARTICLES.jsonl OUT [--format parquet] [--cores 2]

Every line of ARTICLES is {"id": …, "text": …}. OUT is a folder that Spark makes. `onrecord` must be on the path of
every machine that works, or be sent along: spark-submit --files /path/to/onrecord, and ONRECORD=./onrecord.
"""

import argparse
import json
import os
import subprocess
import sys

from pyspark.sql import SparkSession

SCHEMA = "id string, answer string, error string"


def answers(batches):
    """One `onrecord` for each Arrow batch: never more than a batch is in memory."""
    import pandas

    command = [os.environ.get("ONRECORD", "onrecord"), "quotes", "--input", "jsonl", "-"]
    for batch in batches:
        lines = (
            json.dumps({"id": str(id), "text": text if isinstance(text, str) else ""})
            for id, text in zip(batch["id"], batch["text"])
        )
        # Exit code 2 says that a line was no article; its answer says which, and the others are answered.
        run = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True)
        if run.returncode not in (0, 2):
            raise RuntimeError(run.stderr)
        found = [json.loads(line) for line in run.stdout.splitlines()]
        yield pandas.DataFrame(
            {
                "id": [one.get("id") for one in found],
                "answer": [None if "error" in one else json.dumps(one) for one in found],
                "error": [one.get("error") for one in found],
            }
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("articles")
    parser.add_argument("out")
    parser.add_argument("--format", default="json", choices=["json", "parquet", "pipe"])
    parser.add_argument("--cores", default="*")
    options = parser.parse_args()
    # In local mode the workers are this Python, with the packages that it has.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master(f"local[{options.cores}]").appName("onrecord").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    if options.format == "pipe":
        # Without pandas: the lines of a partition go through one process, as in a shell.
        command = f"{os.environ.get('ONRECORD', 'onrecord')} quotes --input jsonl -"
        lines = spark.sparkContext.textFile(options.articles, minPartitions=8)
        # Exit code 2 says that a line was no article, and so does its answer; any other fails the task, and Spark tries again.
        answered = lines.pipe(f"sh -c '{command} || [ $? = 2 ]'", env=dict(os.environ), checkCode=True)
        answered.saveAsTextFile(options.out)
    else:
        articles = spark.read.schema("id string, text string").json(options.articles).repartition(8)
        answered = articles.mapInPandas(answers, schema=SCHEMA)
        getattr(answered.write.mode("overwrite"), options.format)(options.out)
    spark.stop()


if __name__ == "__main__":
    main()
